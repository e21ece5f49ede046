"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations.mail import resend
from rmhr.reminders.operations.today import ask, put_off, take_back

__all__ = ["ask", "put_off", "resend", "take_back"]
