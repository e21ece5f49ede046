"""Owns job shadowing: the ladder from observing to leading, sessions and their sign-off."""
