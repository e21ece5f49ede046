"""Every write of absences and preferences."""

from rmhr.reminders.operations import absence, preferences

__all__ = ["absence", "preferences"]
