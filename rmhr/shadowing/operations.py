"""A hire opens the programme; the RM writes sessions up and corrects them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmhr.core.db import db
from rmhr.core.due import calendar
from rmhr.core.errors import NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.policy import the_system
from rmhr.models.accounts import Employee
from rmhr.models.shadowing import (
    ProgrammeRung,
    ProgrammeStatus,
    Rung,
    SessionMode,
    SessionStatus,
    ShadowingProgramme,
    ShadowingSession,
)
from rmhr.shadowing import notifications, policies, queries

#: Until which day, counted from the first one, each rung is to be climbed (the phases of onboarding.yaml).
DUE_DAYS = {Rung.OBSERVE: 30, Rung.ASSIST: 60, Rung.LEAD: 90}


@operation(allow=the_system, done=_("Job shadowing programme opened"))
def open_programme(_actor: Any, employee: Employee, *, mentor_id: int) -> ShadowingProgramme:
    """The ladder of a new RM, each rung with its number of sessions and a working day as its due date."""

    def due(days: int) -> date:
        day = employee.started_on + timedelta(days=days)
        return calendar.next_working_day(day, employee.unit.holiday_region)

    rungs = [
        ProgrammeRung(
            rung=rule.rung, position=rule.position, needed=rule.sessions, due_on=due(DUE_DAYS[rule.rung])
        )
        for rule in queries.rules()
    ]
    programme = ShadowingProgramme(
        user=employee.user,
        mentor_id=mentor_id,
        starts_on=employee.started_on,
        due_on=due(max(DUE_DAYS.values())),
        rungs=rungs,
    )
    db.session.add(programme)
    return programme


@operation(allow=policies.LOG, done=_("Session written up"))
def log_session(
    actor: Any,
    programme: ShadowingProgramme,
    *,
    held_on: date,
    activity_id: int,
    rung: Rung,
    mode: SessionMode,
    host_id: int,
    minutes: int,
    client_agreed: bool,
    learned: str,
    next_step: str,
) -> ShadowingSession:
    """Write a session up; its host is told. Raises NotPossible once the programme is signed off.

    Sent twice, it is one session.
    """
    if programme.status is not ProgrammeStatus.ACTIVE:
        raise NotPossible(gettext("This programme is signed off. There is nothing more to write up."))
    given = {
        "held_on": held_on,
        "activity_id": activity_id,
        "rung": rung,
        "mode": mode,
        "host_id": host_id,
        "minutes": minutes,
        "client_agreed": client_agreed,
        "learned": learned,
        "next_step": next_step,
    }
    waiting = {"programme_id": programme.id, "status": SessionStatus.LOGGED}
    if before := double_submit.written(actor, ShadowingSession, **waiting, **given):
        return before
    session = ShadowingSession(programme=programme, confirm_by=queries.confirm_by(programme), **given)
    db.session.add(session)
    db.session.flush()
    db.session.refresh(session, ["host", "activity"])
    outbox.queue(notifications.LOGGED, session)
    return session


@operation(allow=policies.CORRECT, done=_("Session corrected"))
def correct_session(_actor: Any, session: ShadowingSession, /, **data: Any) -> ShadowingSession:
    """Change what was written up, while its host has not confirmed it."""
    if session.status is SessionStatus.CONFIRMED:
        raise NotPossible(gettext("The session is confirmed. It can no longer be changed."))
    for name, value in data.items():
        setattr(session, name, value)
    return session
