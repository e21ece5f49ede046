"""Reminders: who is told what, in which language, and that nothing is told twice."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.registry import JOBS
from rmhr.models.accounts import User
from rmhr.models.performance import GoalStatus
from rmhr.models.reminders import Reminder
from rmhr.models.system import Message
from rmhr.reminders import engine
from tests.factories.accounts import user
from tests.support.due_things import goal, only_goals, send_due
from tests.support.elsewhere import at_once, elsewhere

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 23)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch)
    with clock.at(clock.moment(DAY, 9)):
        yield


@pytest.fixture
def lena():
    return user(name="Lena Brandt", email="lena.brandt@bank.example")


def sent(on=DAY) -> int:
    count = send_due(on)
    db.session.commit()
    return count


def test_nothing_is_said_before_the_first_reminder_and_something_on_its_day(lena, mails):
    goal(lena, DAY + timedelta(days=3))
    assert sent(DAY) == 0

    assert sent(DAY + timedelta(days=1)) == 1

    [mail] = mails()
    assert (mail.to_address, mail.kind) == ("lena.brandt@bank.example", "reminders.reminder")
    assert mail.subject == "In 2 days: Reach “Ten new clients”"


def test_each_reminder_goes_out_exactly_once_however_often_it_is_looked_for(lena, mails):
    goal(lena, DAY)
    days = [DAY + timedelta(days=n) for n in range(-4, 9)]

    counts = {day: sum(sent(day) for _again in range(3)) for day in days}

    assert [day for day in days if counts[day]] == [DAY + timedelta(days=n) for n in (-2, 0, 3)]
    assert set(counts.values()) == {0, 1}
    assert [mail.subject.split(":")[0] for mail in mails()] == ["In 2 days", "Today", "3 days late"]


def test_after_downtime_only_the_latest_reminder_goes_out(lena, mails):
    goal(lena, DAY - timedelta(days=6))

    assert sent() == 1
    assert sent(DAY + timedelta(days=1)) == 0

    [reminder] = db.session.scalars(sa.select(Reminder)).all()
    assert reminder.occurrence == "+3"
    assert mails()[0].subject.startswith("6 days late")


def test_what_is_long_past_is_left_to_the_today_page(lena):
    goal(lena, DAY - timedelta(days=60))

    assert sent() == 0


def test_one_person_gets_one_mail_with_everything_the_most_urgent_first(lena, mails):
    goal(lena, DAY + timedelta(days=1), "Later one")
    goal(lena, DAY - timedelta(days=3), "Late one")
    goal(lena, DAY, "Today’s one")

    assert sent() == 3

    [mail] = mails()
    assert mail.subject == "3 days late: Reach “Late one”, and 2 more"
    assert [mail.text.index(what) for what in ("Late one", "Today’s one", "Later one")] == sorted(
        mail.text.index(what) for what in ("Late one", "Today’s one", "Later one")
    )
    assert {each.message_id for each in db.session.scalars(sa.select(Reminder))} == {mail.id}


def test_the_mail_says_what_why_until_when_and_where(lena, mails, app):
    goal(lena, DAY - timedelta(days=3))

    sent()

    [mail] = mails()
    url = f"{app.config['PUBLIC_URL']}/people/{lena.id}"
    assert mail.text.splitlines() == [
        "Dear Lena Brandt,",
        "",
        "This is due:",
        "",
        f"3 days late: Reach “Ten new clients”: {url}",
        "Fri 20 Nov · Agreed with Tomas Lind",
        "You are told when it is 3 days late.",
        "",
        f"Show: {url}",
        "",
        "What is done disappears from your Today page automatically. "
        f"Choose what we remind you of, and when: {app.config['PUBLIC_URL']}/reminders",
    ]
    assert re.search(rf'href="{url}"', mail.html)


def test_the_mail_speaks_its_recipient_s_language(mails):
    goal(user(language="de", name="Murat Yılmaz"), DAY - timedelta(days=3), "Zehn neue Kunden")

    sent()

    [mail] = mails()
    assert mail.language == "de"
    assert mail.subject.startswith("3 Tage verspätet: Reach “Zehn neue Kunden”")
    assert "20. Nov." in mail.text
    assert "Guten Tag Murat Yılmaz" in mail.text


def test_what_is_written_into_a_goal_is_no_markup(lena, mails):
    goal(lena, DAY, "<script>alert(1)</script> %(when)s 100 %")

    sent()

    [mail] = mails()
    assert "<script>alert" not in mail.html
    assert mail.subject == "Today: Reach “<script>alert(1)</script> %(when)s 100 %”"


def test_who_has_left_is_not_reminded_and_who_leaves_later_is(mails):
    goal(user(left_on=DAY - timedelta(days=1)), DAY)
    stays = user(left_on=DAY)
    goal(stays, DAY)

    assert sent() == 1
    assert mails()[0].to_address == stays.email


def test_when_the_work_is_done_the_rest_is_silence(lena):
    done = goal(lena, DAY)
    assert sent(DAY - timedelta(days=2)) == 1

    db.session.execute(
        sa.update(type(done).__table__)
        .where(type(done).__table__.c.id == done.id)
        .values(status=GoalStatus.ACHIEVED)
    )

    assert sent(DAY) == 0


def test_when_the_date_moves_the_reminders_begin_anew(lena, mails):
    moved = goal(lena, DAY)
    assert sent() == 1

    table = type(moved).__table__
    db.session.execute(sa.update(table).where(table.c.id == moved.id).values(due_on=DAY + timedelta(days=1)))

    assert sent() == 1
    assert mails()[-1].subject.startswith("Tomorrow")


def test_a_run_reminds_so_many_people_and_the_next_run_the_others():
    for _number in range(5):
        goal(user(), DAY)

    assert [send_due(DAY, most=2) for _run in range(4)] == [2, 2, 1, 0]


def test_the_cost_does_not_grow_with_the_things(lena, max_queries):
    for number in range(30):
        goal(lena, DAY, f"No. {number}")
    db.session.commit()
    db.session.expire_all()

    with max_queries(18):
        assert send_due(DAY) == 30


def test_what_another_run_wrote_down_meanwhile_is_not_sent_again(lena, mails, monkeypatch):
    goal(lena, DAY)
    found = engine.waiting(DAY)
    assert sent() == 1

    monkeypatch.setattr(engine, "waiting", lambda _on: found)

    assert sent() == 0
    assert len(mails()) == 1


def test_several_runs_at_once_send_one_mail_each_person(upgraded_database, tmp_path, monkeypatch):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            people = [user() for _number in range(10)]
            for person in people:
                for number in range(3):
                    goal(person, DAY, f"No. {number}")
            db.session.commit()

        def run():
            count = send_due(DAY)
            db.session.commit()
            return count

        counts = at_once(app, run, run, run)

        assert sum(counts) == 30, counts
        with app.app_context():
            addresses = db.session.scalars(sa.select(Message.to_address)).all()
            assert len(addresses) == len(set(addresses)) == 10
            assert db.session.scalar(sa.select(sa.func.count(Reminder.id))) == 30


@pytest.mark.parametrize(
    ("wall_clock", "count"),
    [
        # The local day and hour are what count, whatever they are in UTC: also on the days when the clocks change.
        ("2026-11-23T06:59:59", 0),
        ("2026-11-23T07:00:00", 1),
        ("2026-11-23T18:59:59", 1),
        ("2026-11-23T19:00:00", 0),
        ("2027-03-29T06:59:00", 0),
        ("2027-03-30T07:00:00", 1),
        ("2027-10-29T07:00:00", 1),
        ("2027-11-01T06:59:00", 0),
        # A Saturday, and a holiday everywhere.
        ("2026-11-28T10:00:00", 0),
        ("2026-12-25T10:00:00", 0),
    ],
)
def test_people_are_told_on_working_days_in_working_hours(monkeypatch, lena, wall_clock, count):
    only_goals(monkeypatch, 0)
    moment = datetime.fromisoformat(wall_clock).replace(tzinfo=BERLIN)
    goal(lena, moment.date())

    with clock.at(moment):
        assert JOBS["reminders.send"].run() == count


def test_no_source_is_nothing_to_do(monkeypatch):
    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))

    assert send_due(DAY) == 0


def test_a_dry_run_tells_who_would_get_what_and_changes_nothing(app, lena, mails):
    goal(lena, DAY - timedelta(days=3), "Late one")
    goal(user(language="de"), DAY)
    db.session.commit()

    result = app.test_cli_runner().invoke(args=["reminders", "send", "--on", DAY.isoformat(), "--dry-run"])

    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].split() == ["To", "As", "Due", "Reminder", "What"]
    assert re.search(
        r"lena\.brandt@bank\.example +The person +2026-11-20 +\+3 days +Reach “Late one”", result.output
    )
    assert lines[-2:] == ["2 reminders in 2 mails would go out on 2026-11-23.", "Nothing was changed."]
    assert mails() == []
    assert db.session.scalar(sa.select(sa.func.count(Reminder.id))) == 0


def test_the_command_sends_and_says_how_many(app, lena, mails):
    goal(lena, DAY)
    db.session.commit()

    for said in ("1 reminder queued.", "0 reminders queued."):
        result = app.test_cli_runner().invoke(args=["reminders", "send", "--on", DAY.isoformat()])
        assert result.output.strip() == said

    assert len(mails()) == 1


def test_the_command_wants_a_day(app):
    result = app.test_cli_runner().invoke(args=["reminders", "send", "--on", "tomorrow"])

    assert result.exit_code == 2
    assert db.session.scalar(sa.select(sa.func.count(User.id))) == 0
