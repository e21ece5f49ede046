"""Set-up, start and checks: what the Makefile calls."""
