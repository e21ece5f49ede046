"""Schedulers that are killed at any moment, with a mail server that fails: everything arrives, and nothing twice."""

from __future__ import annotations

import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Role, User
from rmhr.models.performance import Goal
from rmhr.models.reminders import Reminder
from rmhr.models.system import JobRun, Message, MessageStatus
from tests.factories.accounts import user
from tests.support.due_things import NAME, goal
from tests.support.elsewhere import elsewhere
from tests.support.keepers import Keepers, keepers
from tests.support.smtp import Mailbox, server

#: A Monday on which people work, at nine in the morning.
DAY = date(2026, 11, 23)
PEOPLE = 24
#: A seed to repeat a run with, as far as chance goes; when a process is killed is the machine's matter, too.
SEED = int(os.environ.get("RMHR_TEST_SEED", "0")) or None

pytestmark = pytest.mark.both


class Bank:
    """People who come to owe more and more while their reminders are sent."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.boss = user(Role.SUPERVISOR)
        self.people = [user(language=random.choice(["en", "de"])) for _number in range(PEOPLE)]
        self.owed: dict[str, User] = {}

    def come_to_owe(self, count: int) -> None:
        """So many new things, due today, each somebody's."""
        for _number in range(count):
            what, owner = f"Thing {len(self.owed)}.", self.random.choice(self.people)
            goal(owner, DAY, what, supervisor=self.boss)
            self.owed[what] = owner
        db.session.commit()


@contextmanager
def killing(database: str, folder: Path, seed: int) -> Iterator[tuple[Bank, Keepers, Mailbox]]:
    """A bank whose mail goes to a moody server, sent by schedulers that wait to be started."""
    morning = clock.moment(DAY, 9)
    with (
        server(Random(seed)) as post,
        elsewhere(database, folder) as app,
        app.app_context(),
        clock.at(morning),
        keepers(database, folder, smtp=post.url, now=morning, quick=True) as some,
    ):
        yield Bank(Random(seed)), some, post


def kill_again_and_again(bank: Bank, some: Keepers, random: Random, times: int) -> None:
    """Two schedulers, of which one is killed at some moment and started again, over and over; work goes on."""
    bank.come_to_owe(2 * PEOPLE)
    for _number in range(2):
        some.start()
    # A kill that meets nobody at work proves nothing: go on until one has.
    for number in range(10 * times):
        if number >= times and broken_off():
            return
        bank.come_to_owe(random.randint(1, 4))
        time.sleep(random.uniform(0.02, 0.5))
        some.kill(random.choice(some.running))
        some.start()


def finish(bank: Bank, seconds: float = 60.0) -> None:
    """Wait until all is said and sent."""
    waits = sa.select(sa.func.count(Message.id)).where(Message.state == MessageStatus.WAITING)
    told = sa.select(sa.func.count(Reminder.id))
    deadline = time.monotonic() + seconds
    while db.session.scalar(told) < len(bank.owed) or db.session.scalar(waits):
        db.session.rollback()
        assert time.monotonic() < deadline, "it does not come to an end"
        time.sleep(0.1)
    db.session.rollback()


def assert_each_thing_was_said_once(bank: Bank, post: Mailbox) -> None:
    """By its Message-ID a mail is one, however often a server that hung up has got it."""
    mails = {str(mail["Message-ID"]): mail for mail in post.received}
    copies = defaultdict(set)
    for mail in post.received:
        copies[str(mail["Message-ID"])].add((str(mail["To"]), str(mail["Subject"]), _text(mail)))
    assert all(len(same) == 1 for same in copies.values()), "two mails with one Message-ID"

    said: dict[str, list[str]] = defaultdict(list)
    for mail in mails.values():
        for what in set(re.findall(r"Thing \d+\.", _text(mail))):
            said[what].append(str(mail["To"].addresses[0].addr_spec))
    missing = set(bank.owed) - set(said)
    assert not missing, f"never said: {sorted(missing)}"
    assert {what: [owner.email] for what, owner in bank.owed.items()} == said, (
        "said twice, or to somebody else"
    )

    written = db.session.execute(sa.select(Message.message_id, Message.state)).all()
    assert {state for _id, state in written} == {MessageStatus.SENT}
    assert {id for id, _state in written} == set(mails), "sent and arrived are the same"


def assert_each_reminder_is_written_down_once(bank: Bank) -> None:
    """Exactly the rows that are expected, each tied to the message that told."""
    rows = db.session.execute(
        sa.select(
            Reminder.source,
            Goal.specific,
            Reminder.owner_id,
            Reminder.recipient_id,
            Reminder.due_on,
            Reminder.occurrence,
            Message.user_id,
        )
        .join(Goal, Goal.id == Reminder.subject_id)
        .outerjoin(Message, Message.id == Reminder.message_id)
    ).all()
    expected = [(NAME, what, one.id, one.id, DAY, "+0", one.id) for what, one in bank.owed.items()]
    assert Counter(tuple(row) for row in rows) == Counter(expected)


def _text(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def broken_off() -> int:
    """How many runs of a job were cut short: they have no end, and a newer one has begun."""
    newest = sa.select(sa.func.max(JobRun.id)).group_by(JobRun.job)
    cut = sa.select(sa.func.count(JobRun.id)).where(JobRun.finished_at.is_(None), JobRun.id.not_in(newest))
    count = db.session.scalar(cut) or 0
    db.session.rollback()
    return count


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(50, marks=pytest.mark.postgresql),
        pytest.param(10, marks=pytest.mark.sqlite),
    ],
)
def test_whatever_is_killed_every_mail_arrives_once(fresh_database, tmp_path, times):
    seed = SEED or time.time_ns() % 1_000_000
    print(f"RMHR_TEST_SEED={seed}")
    with killing(fresh_database, tmp_path, seed) as (bank, some, post):
        kill_again_and_again(bank, some, Random(seed), times)
        cut = broken_off()
        finish(bank)
        some.end()

        assert_each_thing_was_said_once(bank, post)
        assert_each_reminder_is_written_down_once(bank)
        assert cut, "not one of the kills has met a job at work"
        assert sum(post.moods.values()), "the mail server never failed"
        print(
            f"{times} kills, {cut} in the middle of a job; {len(bank.owed)} things in "
            f"{len({str(mail['Message-ID']) for mail in post.received})} mails, "
            f"{len(post.received)} copies; {dict(post.moods)}"
        )
