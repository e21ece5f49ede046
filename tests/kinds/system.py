"""Mail, the scheduler and webhooks."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.system import JobPause, Webhook
from rmhr.system import operations
from tests.factories.accounts import user
from tests.factories.webhooks import webhook
from tests.kinds import Edit, Opened, Pair, Twice, deletes


def _webhook() -> Opened:
    admin, other, row = user(Role.ADMIN), user(Role.ADMIN), webhook()

    def meanwhile() -> None:
        operations.webhooks.change_webhook(other, row, name="Theirs", url="https://chat.bank.example/theirs")

    sent = {"name": "What I typed", "url": "https://chat.bank.example/mine"}
    return Opened(row, admin, f"/admin/webhooks/{row.id}/edit", sent, meanwhile, lambda: row.name, "Theirs")


def _two_webhooks() -> Twice:
    sent = {"name": "Chat of the branches", "url": "https://chat.bank.example/hooks/1"}
    return Twice(
        (user(Role.ADMIN), "/admin/webhooks/new", sent),
        (user(Role.ADMIN), "/admin/webhooks/new", sent),
        lambda: db.session.scalar(sa.select(sa.func.count(Webhook.id))) or 0,
    )


def _two_pauses() -> Twice:
    return Twice(
        (user(Role.ADMIN), "/admin/scheduler/mail.deliver/pause", {"reason": "The server is being moved"}),
        (user(Role.ADMIN), "/admin/scheduler/mail.deliver/pause", {"reason": "It sends everything twice"}),
        lambda: db.session.scalar(sa.select(sa.func.count(JobPause.id))) or 0,
    )


EDITS = [
    Edit("webhooks.edit", _webhook),
    deletes("webhooks.delete", _webhook, "/admin/webhooks/{id}/delete"),
]

PAIRS = [Pair("webhooks.new", _two_webhooks), Pair("scheduler.pause", _two_pauses)]

ONE_CLICK = "one click: it says what is to be so, and what is so already is refused in words"
NO_EDIT = {
    "mail.address_works": ONE_CLICK,
    "mail.put_aside": ONE_CLICK,
    "mail.resend": ONE_CLICK,
    "mail.resend_one": ONE_CLICK,
    "scheduler.go_on": ONE_CLICK,
    "scheduler.pause": "makes a pause with its reason; a second one is refused in words",
    "scheduler.run": "a run takes the lock of its job; a second one is told that it runs",
    "webhooks.remove_host": "one click; what is removed already is not there any more",
    "webhooks.rotate_secret": "makes another secret, and the one before signs for a day",
    "webhooks.send_again": ONE_CLICK,
    "webhooks.send_test": "makes a new call",
    "webhooks.switch_off": ONE_CLICK,
    "webhooks.switch_on": ONE_CLICK,
}
NO_PAIR = {
    "mail.index_export": "makes a file, stores nothing",
    "mail.resend_all": "what waits already waits once",
    "mail.undelivered_export": "makes a file, stores nothing",
    "webhooks.send_again": "what waits already is refused",
    "webhooks.send_test": "any number of tests is right",
}
