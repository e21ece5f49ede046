"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations.absence import delete_absence, end_absence, enter_absence
from rmhr.reminders.operations.feed import end_feed, make_feed
from rmhr.reminders.operations.jobs import go_on, pause
from rmhr.reminders.operations.mail import address_works, put_aside, resend, resend_all
from rmhr.reminders.operations.preferences import choose, silence
from rmhr.reminders.operations.rules import put_in_force, resume, stop, withdraw
from rmhr.reminders.operations.today import ask, put_off, take_back
from rmhr.reminders.operations.webhooks import (
    add_webhook,
    change_webhook,
    delete_webhook,
    gone,
    rotate_secret,
    send_again,
    send_test,
    switch_off,
    switch_on,
)

__all__ = [
    "add_webhook",
    "address_works",
    "ask",
    "change_webhook",
    "choose",
    "delete_absence",
    "delete_webhook",
    "end_absence",
    "end_feed",
    "enter_absence",
    "go_on",
    "gone",
    "make_feed",
    "pause",
    "put_aside",
    "put_in_force",
    "put_off",
    "resend",
    "resend_all",
    "resume",
    "rotate_secret",
    "send_again",
    "send_test",
    "silence",
    "stop",
    "switch_off",
    "switch_on",
    "take_back",
    "withdraw",
]
