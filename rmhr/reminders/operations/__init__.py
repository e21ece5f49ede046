"""Every write of this stage that is not a transition."""

from rmhr.reminders.operations.jobs import go_on, pause
from rmhr.reminders.operations.mail import resend
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
    "resend",
    "rotate_secret",
    "send_again",
    "send_test",
    "switch_off",
    "switch_on",
]
