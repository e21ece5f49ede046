"""What the demo bank shows its administrator: mail read and not delivered, runs of the scheduler, a webhook's calls."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.mail import bounces, webhook
from rmhr.demo.building import at_work, day, person, ran
from rmhr.models.accounts import User
from rmhr.models.system import DeliveryStatus, Message, MessageStatus, WebhookDelivery
from rmhr.reminders import notifications
from rmhr.system import operations as system_operations
from rmhr.system import webhooks

#: Nothing of the demo bank asks another machine: the chat would have to run on this one.
CHAT = "http://127.0.0.1:8065/hooks/demo-of-a-chat"
#: job, hours ago, seconds, things done; the one that did nothing has failed
RUNS = (
    ("training.open_renewals", 26, 2.31, 3),
    ("postings.close_expired", 25, 0.12, 1),
    ("applications.sweep", 24, 0.48, 2),
    ("audit.seal", 22, 0.9, 120),
    ("audit.seal", 21, 0.64, 88),
    ("audit.seal", 18, 1.42, 210),
    ("audit.seal", 12, 10.03, 0),
    ("audit.seal", 9, 0.35, 41),
    ("audit.seal", 6, 0.71, 97),
    ("audit.seal", 3, 0.52, 64),
    ("offers.expire", 2, 0.09, 1),
)
ERROR = "OperationalError: (psycopg.OperationalError) the connection was closed by the server"
TRACE = """rmhr/system/scheduler.py:58 in run
    done = job.run()
rmhr/reminders/jobs.py:61 in seal_history
    return seal.seal()
rmhr/core/history/seal.py:42 in seal
    entries = db.session.scalars(waiting.limit(limit)).all()
sqlalchemy/engine/default.py:952 in do_execute
    cursor.execute(statement, parameters)
OperationalError
"""


def build() -> None:
    """What people have read, an address that takes no mail, runs of the last day, calls of the last hours."""
    administrator = person("nils")
    _inboxes()
    _bounce()
    for job, hours, seconds, done in RUNS:
        failed: dict[str, Any] = {} if done else {"error": ERROR, "trace": TRACE}
        ran(job, clock.now() - timedelta(hours=hours), seconds, done=done, **failed)
        db.session.flush()
    ran("scheduler.tidy", clock.now() - timedelta(hours=1), 0.2, done=4, by=administrator)
    _calls(administrator)


def _inboxes() -> None:
    """What is older than two days was read."""
    old = sa.update(Message).where(Message.created_at < clock.moment(day(-2)), Message.user_id.is_not(None))
    db.session.flush()
    db.session.execute(
        old.values(read_at=Message.created_at), execution_options={"synchronize_session": False}
    )


def _bounce() -> None:
    """The last mail to one applicant did not arrive."""
    to_applicants = sa.select(Message).where(
        Message.kind.startswith("applications."), Message.user_id.is_(None)
    )
    mail = db.session.scalars(to_applicants.order_by(Message.id.desc()).limit(1)).first()
    if mail is not None:
        mail.state, mail.attempts = MessageStatus.FAILED, 1
        mail.error = f"550 5.1.1 <{mail.to_address}>: no such mailbox here"
        bounces.refused(mail.to_address, mail.error)


def _calls(administrator: User) -> None:
    with clock.at(at_work(day(-2), 10)):
        chat = system_operations.webhooks.add_webhook(
            administrator, None, name="Chat of the branches", url=CHAT
        )
        system_operations.webhooks.list_host(administrator, None, name=urlsplit(CHAT).hostname or "")
    told = sa.select(Message).where(Message.kind == notifications.REMINDER.name).order_by(Message.id.desc())
    for number, message in enumerate(db.session.scalars(told.limit(5)).all()):
        at = clock.now() - timedelta(hours=2 + 3 * number)
        person = {"name": message.to_name, "email": message.to_address}
        said = {"type": webhooks.TOLD, "data": {"person": person, "title": message.subject}}
        call = WebhookDelivery(
            webhook_id=chat.id,
            message_id=message.id,
            event=webhook.new_event(),
            body=json.dumps(said, ensure_ascii=False),
            created_at=at,
            attempts=1,
            state=DeliveryStatus.SENT,
            sent_at=at + timedelta(seconds=4),
            answer="200 OK",
        )
        if number == 1:
            call.state, call.sent_at, call.attempts = DeliveryStatus.FAILED, None, 7
            call.answer = "503 Service Unavailable: the chat is being moved"
        db.session.add(call)
