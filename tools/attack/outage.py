"""The mail server is down for three days, by the moved clock: what is lost, what comes twice, who is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.mail import outbox
from rmhr.models.accounts import Role
from rmhr.models.system import Message, MessageStatus
from tools.attack import Figure, attack
from tools.attack.bank import bank

DOWN = timedelta(days=3)
#: How far the clock is moved between two runs of the job: longer than any lease, shorter than any pause but the first.
STEP = timedelta(minutes=10)
#: When it is back, all is sent within this time: the longest pause between two attempts.
BACK = timedelta(hours=4)


@dataclass
class Outage:
    """What came of it: mail that was written, that arrived (by Message-ID), and what was seen meanwhile."""

    written: set[str]
    arrived: Counter[str]
    failed: int
    told_after: timedelta | None  # until an administrator reads of it on Today
    told_still: bool  # when everything was sent
    last_after: timedelta  # from the moment at which the server is back


def down(mails: int, step: timedelta = STEP) -> Outage:
    """Write so many mails over the three days, try to send them all the time, bring the server back."""
    from tests.factories import accounts

    smtp = import_module("tests.support.smtp")
    with ExitStack() as opened:
        it = opened.enter_context(bank())
        admin, somebody = accounts.user(Role.ADMIN), accounts.user()
        began = clock.now()
        with smtp.server() as gone:
            it.app.config["SMTP_URL"] = gone.url  # nobody answers there any more
        told = None
        written: set[str] = set()
        for turn in range(int(DOWN / step)):
            with clock.at(began + turn * step):
                while len(written) < mails * (turn + 1) * step / DOWN:
                    written.add(_write(somebody, len(written)))
                outbox.deliver()
                if told is None and _owes(admin.id):
                    told = turn * step
        with smtp.server() as box:
            it.app.config["SMTP_URL"] = box.url
            last = timedelta()
            for turn in range(int(BACK / step) + 1):
                with clock.at(began + DOWN + turn * step):
                    while taken := outbox.deliver():
                        last = turn * step if taken else last
            arrived = Counter(str(mail["Message-ID"]) for mail in box.received)
        with clock.at(began + DOWN + BACK):
            still = _owes(admin.id)
        failed = db.session.scalar(sa.select(sa.func.count()).where(Message.state == MessageStatus.FAILED))
        return Outage(written, arrived, failed or 0, told, still, last)


def _write(to: object, number: int) -> str:
    message = Message(
        kind="attack.outage",
        user_id=to.id,  # type: ignore[attr-defined]
        to_address=to.email,  # type: ignore[attr-defined]
        to_name="Somebody",
        language="en",
        subject=f"Number {number}",
        text="What it says",
        html="<p>What it says</p>",
        message_id=f"<attack-{number}@bank.example>",
    )
    db.session.add(message)
    db.session.commit()
    return message.message_id


def _owes(person: int) -> bool:
    return any(due.source.name == "system.mail_stands" for due in sources.for_person(person))


@attack("outage", "a mail server that is down for three days, by the moved clock")
def outage() -> Iterator[Figure]:
    """What was lost, came twice or failed; how soon an administrator read of it, and how soon all was sent."""
    found = down(mails=300)
    lost = found.written - found.arrived.keys()
    twice = [each for each, times in found.arrived.items() if times > 1]
    yield Figure("mails written meanwhile", str(len(found.written)))
    yield Figure("lost", str(len(lost)), held=not lost and not found.failed)
    yield Figure("came twice", str(len(twice)), held=not twice)
    told = found.told_after
    yield Figure(
        "an administrator was told after",
        f"{told / timedelta(hours=1):.1f} h" if told is not None else "never",
        held=told is not None and told < timedelta(hours=6),
    )
    yield Figure(
        "still told when all was sent", "yes" if found.told_still else "no", held=not found.told_still
    )
    hours = found.last_after / timedelta(hours=1)
    yield Figure("all was sent after", f"{hours:.1f} h", held=found.last_after <= BACK)
