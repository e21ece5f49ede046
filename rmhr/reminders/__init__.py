"""Owns the list of what is owed (Today), the reminders made of it, and the clock that sends them."""
