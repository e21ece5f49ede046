"""The posting coach: what stands in the way of a good posting, why, and what would be better."""
