"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations.mail import resend

__all__ = ["resend"]
