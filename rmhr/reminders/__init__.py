"""Reminders: what is due to be said, to whom, when and how; preferences and absence."""
