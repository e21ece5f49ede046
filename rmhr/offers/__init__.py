"""Owns offers: the terms, the answer to them, and the hire that an acceptance brings about."""
