"""Owns the first months: a plan with tasks for everybody who has a part in it."""
