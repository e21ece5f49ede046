"""The scheduler's pages: what ran, when, by whom; who leads; run now, pause with a reason, go on."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.system import AuditEntry, Heartbeat, JobPause, JobRun
from rmhr.system import queries
from tests.factories import save
from tests.factories.accounts import user
from tests.support.due_things import goal, only_goals
from tests.support.html import Html, words

NOON = clock.moment(date(2026, 11, 23), 12)


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch)
    with clock.at(NOON):
        yield


@pytest.fixture
def nils():
    return user(Role.ADMIN, name="Nils Ohlsen")


@pytest.fixture
def admin(browser, nils):
    return browser(nils)


def ran(job="audit.seal", ago=timedelta(0), seconds=1.5, **given) -> JobRun:
    """A run that began so long ago and has ended."""
    began = clock.now() - ago
    defaults = {"started_at": began, "finished_at": began + timedelta(seconds=seconds), "who": "host, 1"}
    row = JobRun(job=job, **defaults | given)
    db.session.add(row)
    db.session.commit()
    return row


def paused(nils, job="mail.deliver") -> JobPause:
    return save(JobPause(job=job, reason="The server is <being> moved", paused_by=nils))


def test_it_shows_each_job_and_how_it_went(admin):
    ran(done=12)
    ran(
        "reminders.send",
        finished_at=NOON,
        error="RuntimeError: <b>no</b>",
        trace="rmhr/x.py:1 in f\nRuntimeError\n",
    )
    ran("mail.deliver", finished_at=None)
    ran("scheduler.tidy", ago=timedelta(hours=9), finished_at=None)
    ran("offers.expire", by_hand=True, who="Nils Ohlsen (host, 7)")
    ran("gone.job", error="ValueError: old")
    db.session.add(Heartbeat(name=queries.schedulers.SCHEDULER, at=NOON, who="host, 1"))
    db.session.commit()

    answer = admin.get("/admin/scheduler")
    page = words(answer)

    assert "Last seen Today, 12:00" in page
    assert "Seal the history every minute Done Today, 12:00 host, 1 1.5 s 12 Today, 12:01 Run now" in page
    assert "Remind people of what is due every 5 minutes Failed" in page
    assert "Send waiting mail every 10 seconds Running" in page
    assert "Tidy up old runs and calls every 6 hours Broken off" in page
    assert "by hand: Nils Ohlsen (host, 7)" in page
    assert "RuntimeError: &lt;b&gt;no" in answer.text
    assert "rmhr/x.py:1 in f" in answer.text
    assert "A job that no longer exists" in page
    assert "does not run" not in page


def test_it_says_who_leads_since_when_and_who_waits(admin):
    for name, ago, who in (
        (queries.schedulers.SCHEDULER, 10, "bank-1, 11"),
        (queries.schedulers.LEAD, 3600, "bank-1, 11"),
        (f"{queries.schedulers.WAITS}bank-2, 22", 20, "bank-2, 22"),
        (f"{queries.schedulers.WAITS}bank-3, 33", 600, "bank-3, 33"),
    ):
        db.session.add(Heartbeat(name=name, at=NOON - timedelta(seconds=ago), who=who))
    db.session.commit()

    page = words(admin.get("/admin/scheduler"))

    assert "bank-1, 11 Active Today, 11:00 Today, 11:59" in page
    assert "bank-2, 22 Waits" in page
    assert "bank-3, 33" not in page, "it has been silent for too long"


def test_a_scheduler_that_is_not_seen_is_said_aloud(admin):
    assert "The scheduler has never run." in admin.get("/admin/scheduler").text

    db.session.add(Heartbeat(name=queries.schedulers.SCHEDULER, at=NOON - timedelta(minutes=10)))
    db.session.commit()

    assert "The scheduler does not run." in admin.get("/admin/scheduler").text


def test_a_job_is_run_by_hand_and_it_is_known_by_whom(admin, mails):
    goal(user(), NOON.date())

    answer = admin.post("/admin/scheduler/reminders.send", follow_redirects=True)

    assert "“Remind people of what is due” has run: 1 thing done." in answer.text
    assert "By hand Nils Ohlsen (" in words(answer)
    assert len(mails()) == 1
    [run] = db.session.scalars(sa.select(JobRun)).all()
    assert run.by_hand
    for path in ("/admin/scheduler/no.such", "/admin/scheduler/no.such/go-on"):
        assert admin.post(path).status_code == 404
    for path in ("/admin/scheduler/no.such", "/admin/scheduler/no.such/pause"):
        assert admin.get(path).status_code == 404


def test_a_job_that_fails_by_hand_says_so_where_and_keeps_nothing(admin, monkeypatch, mails):
    goal(user(), NOON.date(), "Secret plans")
    monkeypatch.setattr("rmhr.reminders.engine._tie", lambda _mails: 1 / 0)

    answer = admin.post("/admin/scheduler/reminders.send", follow_redirects=True)

    assert "failed: ZeroDivisionError" in answer.text
    assert "rmhr/reminders/engine.py:" in answer.text
    assert "Secret plans" not in answer.text
    assert mails() == []


def test_a_job_s_page_shows_its_runs_and_how_long_they_took(admin):
    for minutes in range(8, 0, -1):
        ran(ago=timedelta(minutes=minutes), seconds=minutes, done=minutes)
    ran("mail.deliver", done=7_777_777)

    page = words(admin.get("/admin/scheduler/audit.seal"))

    assert "8 runs in the last month" in page
    assert "Today, 11:59 Done By time host, 1 1 s 1" in page
    assert "The last 6 runs took between 1 and 6 seconds." in page
    assert "As a table" in page
    assert "7,777,777" not in page


def test_runs_come_fifty_at_a_time_and_can_be_narrowed(admin):
    for minutes in range(1, 54):
        ran(ago=timedelta(minutes=minutes), done=minutes, by_hand=minutes == 2)
    ran(ago=timedelta(minutes=60), error="ValueError: x")

    first = admin.get("/admin/scheduler/audit.seal")
    second = admin.get(Html(first).next())

    assert "1 to 50 of 54" in first.text
    assert "51 to 54 of 54" in second.text
    assert "ValueError: x" not in first.text
    assert "ValueError: x" in admin.get("/admin/scheduler/audit.seal?only=failed").text
    assert "1 to 1 of 1" in admin.get("/admin/scheduler/audit.seal?only=hand").text
    assert "No results." in admin.get("/admin/scheduler/mail.deliver?only=failed").text
    assert "It has not run yet." in admin.get("/admin/scheduler/mail.deliver").text


def test_a_job_is_paused_with_a_reason_and_goes_on(admin, nils):
    asked = admin.get("/admin/scheduler/mail.deliver/pause")
    assert "Pause “Send waiting mail”" in asked.text
    nothing = admin.post("/admin/scheduler/mail.deliver/pause", data={"reason": "  "})
    assert nothing.status_code == 422
    assert "Enter why the job is paused" in nothing.text
    assert admin.post("/admin/scheduler/mail.deliver/pause", data={"reason": "x" * 501}).status_code == 422

    done = admin.post(
        "/admin/scheduler/mail.deliver/pause", data={"reason": "The server is moved"}, follow_redirects=True
    )

    assert "“Send waiting mail” is paused. By Nils Ohlsen, Today, 12:00. The server is moved" in words(done)
    assert queries.jobs.is_paused("mail.deliver")
    again = admin.post("/admin/scheduler/mail.deliver/pause", data={"reason": "Again"})
    assert again.status_code == 409
    assert admin.post("/admin/scheduler/mail.deliver", follow_redirects=True).status_code == 200

    on = admin.post("/admin/scheduler/mail.deliver/go-on", follow_redirects=True)

    assert "“Send waiting mail” resumes." in on.text
    assert not queries.jobs.is_paused("mail.deliver")
    assert admin.post("/admin/scheduler/mail.deliver/go-on").status_code == 409
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.subject_type == "job_pause")).all()
    assert [(entry.action, entry.actor_id) for entry in entries] == [
        ("system.pause", nils.id),
        ("system.go_on", nils.id),
    ]


def test_a_pause_is_said_loudly_and_nothing_is_planned(admin, nils):
    paused(nils)
    ran("mail.deliver")
    db.session.add(Heartbeat(name=queries.schedulers.SCHEDULER, at=NOON, who="host, 1"))
    db.session.commit()

    answer = admin.get("/admin/scheduler")
    page = words(answer)

    assert "“Send waiting mail” is paused." in page
    assert "The server is &lt;being&gt; moved" in answer.text
    assert re.search(r"Send waiting mail every 10 seconds Paused .* Not planned Run now", page)


def test_a_reason_in_the_way_of_two_administrators_is_kept_once(admin, nils):
    paused(nils)

    assert admin.post("/admin/scheduler/mail.deliver/pause", data={"reason": "x"}).status_code == 409
    assert db.session.scalar(sa.select(sa.func.count(JobPause.id))) == 1


def test_the_pages_speak_german(browser):
    client = browser(user(Role.ADMIN, language="de", name="Nils Ohlsen"))
    paused(user(Role.ADMIN))
    for minutes in (1, 2):
        ran(ago=timedelta(minutes=minutes), by_hand=True)

    assert "„Wartende E-Mails senden“ ist pausiert." in client.get("/admin/scheduler").text
    page = words(client.get("/admin/scheduler/audit.seal"))
    assert "jede Minute" in page
    assert "Von Hand" in page
    assert "2 Läufe im letzten Monat" in page
    assert "pausieren" in client.get("/admin/scheduler/audit.seal/pause").text
