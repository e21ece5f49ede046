"""What this stage asks for, one file per noun."""
