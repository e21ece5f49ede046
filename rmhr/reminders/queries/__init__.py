"""Every read of absences and preferences."""

from rmhr.reminders.queries import absence, preferences

__all__ = ["absence", "preferences"]
