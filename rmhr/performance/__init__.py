"""Owns goals, check-ins, reviews with two assessments and two signatures, and what to learn next."""
