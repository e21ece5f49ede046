"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations.jobs import go_on, pause
from rmhr.reminders.operations.mail import resend
from rmhr.reminders.operations.rules import put_in_force, resume, stop, withdraw
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
    "change_webhook",
    "delete_webhook",
    "go_on",
    "gone",
    "pause",
    "put_in_force",
    "resend",
    "resume",
    "rotate_secret",
    "send_again",
    "send_test",
    "stop",
    "switch_off",
    "switch_on",
    "withdraw",
]
