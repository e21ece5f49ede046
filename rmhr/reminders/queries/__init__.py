"""Every read of this stage: Today, mail, the scheduler and its jobs, webhooks."""

from rmhr.reminders.queries import absence, preferences

__all__ = ["absence", "preferences"]
