"""Shadowing programmes and their sessions."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.shadowing import HowFar, RungRule, ShadowingSession
from rmhr.shadowing import operations, queries
from rmhr.shadowing.workflow import SESSIONS
from tests.factories.accounts import user
from tests.factories.shadowing import climb, confirmed, form, logged, programme, signed_off
from tests.kinds import Concluded, Edit, NextStep, Opened, Pair, RecordCase, Twice


def _rename(of, *sessions) -> None:
    """Everything a ladder and its sessions are made of is called otherwise, or says otherwise."""
    another = user(Role.MENTOR, name="Another Mentor")
    with audit.acting(SYSTEM, "tests.change"):
        for person in (of.user, of.mentor, of.user.employee.supervisor):
            person.name = f"Renamed {person.id}"
        for activity in queries.activities():
            activity.name = {"en": "Another meeting", "de": "Anderer Termin"}
        for rule in db.session.scalars(sa.select(RungRule)):
            rule.text = {"en": "Other rules", "de": "Andere Regeln"}
        for item in queries.checklist():
            item.text, item.needed = {"en": "Other point", "de": "Anderer Punkt"}, HowFar.SEEN
        for rung in of.rungs:
            rung.needed += 1
        of.mentor_id = another.id
        for session in sessions:
            session.learned, session.feedback, session.minutes = "Nothing", "Nothing", 5
    db.session.expire(of, ["mentor"])


def _session() -> Concluded:
    of = programme()
    session = confirmed(of, observed={item.id: HowFar.SEEN for item in queries.checklist()})
    shown = [(of.mentor, f"/shadowing/sessions/{session.id}"), (of.user, f"/shadowing/sessions/{session.id}")]
    return Concluded(session, shown, lambda: _rename(of, session))


def _ladder() -> Concluded:
    of = signed_off()
    hr = user(Role.HR)
    shown = [(hr, f"/shadowing/{of.id}"), (of.user, f"/shadowing/{of.id}"), (hr, "/shadowing/export")]
    return Concluded(of, shown, lambda: _rename(of, *of.sessions))


RECORDS = [RecordCase("shadowing.session", _session), RecordCase("shadowing.ladder", _ladder)]


def _edit() -> Opened:
    session = logged(programme())
    rm = session.programme.user

    def meanwhile() -> None:
        operations.correct_session(rm, session, learned="Theirs, from another tab")

    sent = form(session.programme, learned="What I typed here")
    return Opened(
        session,
        rm,
        f"/shadowing/sessions/{session.id}/edit",
        sent,
        meanwhile,
        lambda: session.learned,
        "Theirs, from another tab",
    )


def _confirm() -> Opened:
    """The RM changes text and minutes after the mentor has opened the page."""
    session = logged(programme())

    def meanwhile() -> None:
        operations.correct_session(session.programme.user, session, learned="Something else", minutes=240)

    sent = {"feedback": "You have seen what matters"}
    address = f"/shadowing/sessions/{session.id}/confirm"
    return Opened(session, session.host, address, sent, meanwhile, lambda: session.status)


def _sign_off() -> Opened:
    of = programme()
    climb(of)

    def meanwhile() -> None:
        confirmed(of)

    sent = {"note": "Ready to work alone"}
    return Opened(of, of.mentor, f"/shadowing/{of.id}/sign_off", sent, meanwhile, lambda: of.status)


EDITS = [
    Edit("shadowing_sessions.edit", _edit),
    Edit("shadowing_sessions.transition", _confirm, name="confirm"),
    Edit("shadowing.transition", _sign_off, name="sign_off"),
]
NO_EDIT = {"shadowing.log": "writes a new session up; sent twice, it is one"}


def _returned():
    session = logged(programme())
    SESSIONS.perform(session.host, session, "send_back", feedback="Which meeting?")
    return session


def _host_has_left():
    """The host does not work here any more: the mentor confirms, or asks somebody else to."""
    of = programme()
    session = logged(of, host_id=user(Role.MENTOR).id)
    with audit.acting(SYSTEM, "tests.arrange"):
        session.host.left_on = clock.today().replace(year=clock.today().year - 1)
    return session


def _climbed():
    of = programme()
    climb(of)
    return of


NEXT_STEPS = [
    NextStep("shadowing", "active", _climbed),
    NextStep("shadowing_sessions", "logged", _host_has_left),
    NextStep("shadowing_sessions", "returned", _returned),
]


def _twice() -> Twice:
    of = programme()
    sent = (of.user, f"/shadowing/{of.id}/log", form(of))
    return Twice(sent, sent, lambda: db.session.scalar(sa.select(sa.func.count(ShadowingSession.id))) or 0)


PAIRS = [Pair("shadowing.log", _twice)]
