"""A programme begins and ends with an employment; the RM writes sessions up and corrects them.

The operations that end in `_for` may be called whichever way something came about, and twice: what is done already
stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rmhr.accounts import queries as accounts
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import news, outbox
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, User
from rmhr.models.offers import Offer
from rmhr.models.onboarding import OnboardingPlan
from rmhr.models.shadowing import (
    HowFar,
    Observation,
    ProgrammeRung,
    ProgrammeStatus,
    Rung,
    SessionMode,
    SessionStatus,
    ShadowingProgramme,
    ShadowingSession,
)
from rmhr.offers.workflow import FLOW as OFFERS
from rmhr.onboarding.workflow import PLANS
from rmhr.shadowing import notifications, policies, queries
from rmhr.shadowing.workflow import PROGRAMMES, touch


@operation(allow=policies.FOLLOW, done=_("Job shadowing programme opened"))
def open_for(
    actor: Actor, user: User, /, *, starts_on: date, mentor_id: int | None = None
) -> ShadowingProgramme | None:
    """The programme of somebody who becomes an RM. Where there is one it stays, and follows the first day.

    None for somebody who is no RM, and where nobody could be the mentor: `mentor_id`, else the supervisor.
    """
    employee = user.employee
    if employee is None or employee.rm_type is None:
        return None
    queries.lock(user)
    programme = queries.of(user)
    if programme is None:
        mentor = mentor_id or employee.supervisor_id or queries.any_mentor(user)
        if mentor is None:
            return None
        return open_programme(SYSTEM, employee, mentor_id=mentor, starts_on=starts_on)
    if programme.status is ProgrammeStatus.CALLED_OFF:
        PROGRAMMES.perform(actor, programme, "reopen")
    begin_on(actor, user, starts_on=starts_on)
    return programme


@operation(allow=the_system, done=_("Job shadowing programme opened"))
def open_programme(
    actor: Actor, employee: Employee, *, mentor_id: int, starts_on: date | None = None
) -> ShadowingProgramme:
    """The ladder of a new RM, each rung with its number of sessions and a working day as its due date."""
    first = starts_on or employee.started_on
    days = queries.due_days(employee, first)
    rungs = [
        ProgrammeRung(rung=rule.rung, position=rule.position, needed=rule.sessions, due_on=days[rule.rung])
        for rule in queries.rules()
    ]
    programme = ShadowingProgramme(
        user=employee.user, mentor_id=mentor_id, starts_on=first, due_on=max(days.values()), rungs=rungs
    )
    db.session.add(programme)
    news.tell(notifications.GUIDES, programme, actor)
    return programme


@operation(allow=policies.FOLLOW, done=_("Shadowing stages moved with the first day"))
def begin_on(_actor: Actor, user: User, /, *, starts_on: date) -> ShadowingProgramme | None:
    """The first day is this one: what is not climbed yet moves along. Where it is that already, nothing happens."""
    programme, employee = queries.of(user), user.employee
    if programme is None or programme.starts_on == starts_on or employee is None:
        return programme
    if programme.status is not ProgrammeStatus.ACTIVE:
        return programme
    programme.starts_on = starts_on
    days, climbed = queries.due_days(employee, starts_on), queries.climbed(programme)
    for rung in programme.rungs:
        if rung.rung not in climbed:
            rung.due_on = days[rung.rung]
    programme.due_on = max(days.values())
    return programme


@PLANS.after("move_first_day", order=20)
def programme_follows(_actor: Actor, plan: OnboardingPlan) -> None:
    """The ladder counts from the same first day as the plan."""
    begin_on(SYSTEM, plan.user, starts_on=plan.starts_on)


@operation(allow=policies.FOLLOW, done=_("Job shadowing postponed after an absence"))
def postpone_for(_actor: Actor, user: User, /, *, back_on: date) -> ShadowingProgramme | None:
    """After a long absence there is time again for the rungs that would have been due meanwhile."""
    programme = queries.of(user)
    if programme is None or programme.status is not ProgrammeStatus.ACTIVE:
        return programme
    day = queries.working_day(deadlines.BACK_FROM_ABSENCE.after(back_on), queries.region(programme))
    climbed = queries.climbed(programme)
    for rung in programme.rungs:
        if rung.rung not in climbed and rung.due_on < day:
            rung.due_on = day
    programme.due_on = max(programme.due_on, day)
    return programme


@operation(allow=policies.FOLLOW, done=_("Job shadowing called off"))
def call_off_for(actor: Actor, user: User, /, *, reason: str) -> ShadowingProgramme | None:
    """The person leaves or does not come: a programme that is under way ends, and nobody owes anything of it."""
    programme = queries.of(user)
    if programme is not None and programme.status is ProgrammeStatus.ACTIVE:
        PROGRAMMES.perform(actor, programme, "call_off", note=reason)
    return programme


@OFFERS.after("retract_acceptance", order=40)
def call_off_programme(_actor: Actor, offer: Offer) -> None:
    """Whoever will not start climbs no ladder."""
    employee = accounts.people.employee_for(offer.application_id)
    if employee is not None:
        call_off_for(SYSTEM, employee.user, reason=gettext("Will not start."))


@operation(allow=policies.FOLLOW, done=_("Mentoring handed over"))
def hand_over(_actor: Actor, user: User, /, *, successor: User) -> int:
    """Whom this person guides and what waits for their confirmation is somebody else's now; say how much."""
    programmes, waiting = queries.guided_by(user), queries.waiting_for(user)
    for programme in programmes:
        if programme.user_id != successor.id:
            programme.mentor_id = successor.id
    for session in waiting:
        if session.programme.user_id != successor.id:
            session.host_id = successor.id
            session.confirm_by = queries.confirm_by(session.programme)
    return len(programmes) + len(waiting)


@operation(allow=policies.LOG, done=_("Session written up"))
def log_session(
    actor: User,
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
    observed: Mapping[int, HowFar] | None = None,
) -> ShadowingSession:
    """Write a session up, with how far each point of the checklist went (`observed`, by id); its host is told.

    Sent twice, it is one session. Raises NotPossible once the programme is signed off.
    """
    programme = queries.locked(programme)
    if programme.status is ProgrammeStatus.SIGNED_OFF:
        raise NotPossible(gettext("This programme is signed off. There is nothing more to write up."))
    if programme.status is not ProgrammeStatus.ACTIVE:
        raise NotPossible(gettext("This programme is called off. There is nothing more to write up."))
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
    _observe(session, observed or {})
    touch(session)
    db.session.flush()
    db.session.refresh(session, ["host", "activity"])
    outbox.queue(notifications.LOGGED, session)
    return session


@operation(allow=policies.CORRECT, done=_("Session corrected"))
def correct_session(
    _actor: Actor,
    session: ShadowingSession,
    /,
    *,
    observed: Mapping[int, HowFar] | None = None,
    **data: Any,
) -> ShadowingSession:
    """Change what was written up, while its host has not confirmed it; what of the checklist, where it is given."""
    refuse_if_confirmed(session)
    if observed is not None:
        _observe(session, observed)
    for name, value in data.items():
        setattr(session, name, value)
    touch(session)
    return session


def _observe(session: ShadowingSession, observed: Mapping[int, HowFar]) -> None:
    """Let a session say this of the checklist, and nothing else."""
    there = {each.item_id: each for each in session.observations}
    for item_id, how_far in observed.items():
        if item_id in there:
            there[item_id].how_far = how_far
        else:
            session.observations.append(Observation(item_id=item_id, how_far=how_far))
    for item_id in there.keys() - observed.keys():
        session.observations.remove(there[item_id])


def refuse_if_confirmed(session: ShadowingSession) -> None:
    """Raise NotPossible where a session cannot be changed any more."""
    if session.status is SessionStatus.CONFIRMED:
        raise NotPossible(gettext("The session is confirmed. It can no longer be changed."))
