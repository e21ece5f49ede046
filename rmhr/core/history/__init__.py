"""What happened, by whom, and the chain of hashes that proves it."""
