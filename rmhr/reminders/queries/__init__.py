"""Every read of absences, preferences, and who is told next."""

from rmhr.reminders.queries import absence, calendars, escalation, preferences

__all__ = ["absence", "calendars", "escalation", "preferences"]
