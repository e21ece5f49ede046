"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations import absence, preferences

__all__ = ["absence", "preferences"]
