"""Reminder rules: when who is reminded of what; their editor, and a simulator of the days to come."""
