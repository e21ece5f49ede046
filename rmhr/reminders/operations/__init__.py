"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations.mail import resend
from rmhr.reminders.operations.rules import go_on, put_in_force, stop, withdraw

__all__ = ["go_on", "put_in_force", "resend", "stop", "withdraw"]
