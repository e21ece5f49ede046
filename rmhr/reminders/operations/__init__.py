"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations.absence import delete_absence, end_absence, enter_absence
from rmhr.reminders.operations.feed import end_feed, make_feed
from rmhr.reminders.operations.mail import address_works, put_aside, resend, resend_all
from rmhr.reminders.operations.preferences import choose, silence

__all__ = [
    "address_works",
    "choose",
    "delete_absence",
    "end_absence",
    "end_feed",
    "enter_absence",
    "make_feed",
    "put_aside",
    "resend",
    "resend_all",
    "silence",
]
