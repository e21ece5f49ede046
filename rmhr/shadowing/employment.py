"""Whoever becomes an RM gets a job shadowing programme; what of programmes hangs on a person."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.accounts import queries as accounts
from rmhr.accounts.workflow import EMPLOYMENT
from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.law import deadlines
from rmhr.models.accounts import EmploymentEvent, EmploymentKind, Role, User
from rmhr.models.shadowing import ProgrammeStatus, SessionStatus, ShadowingProgramme, ShadowingSession
from rmhr.offers import queries as offers
from rmhr.shadowing import operations


@EMPLOYMENT.after(EmploymentKind.BEGINS.value, EmploymentKind.CHANGES.value, order=40)
def open_programme_of_a_new_rm(_actor: Actor, event: EmploymentEvent) -> ShadowingProgramme | None:
    """Whoever begins as an RM, or becomes one, has a programme; once, and not where its months are long over.

    Guided by the mentor of the offer, else by the supervisor; where there is neither, by a mentor or HR until somebody
    is named.
    """
    user, employee = event.user, event.user.employee
    if employee is None or employee.rm_type is None or not user.has(Role.RM):
        return None
    over = deadlines.TAKE_RESPONSIBILITY.after(event.on) < clock.today()
    known = sa.select(ShadowingProgramme.id).where(ShadowingProgramme.user_id == user.id)
    if over or event.was("rm_type") or db.session.scalar(known) is not None:
        return None
    offer = offers.accepted(employee.application_id)
    mentor_id = (offer.mentor_id or offer.supervisor_id) if offer else employee.supervisor_id
    mentor_id = mentor_id or _somebody_else(user)
    if mentor_id is None:
        return None
    return operations.open_for(SYSTEM, user, starts_on=event.on, mentor_id=mentor_id)


@EMPLOYMENT.after(EmploymentKind.RESCHEDULED.value, order=40)
def begin_on_another_day(_actor: Actor, event: EmploymentEvent) -> None:
    """The rungs count from the new first day."""
    if event.user.employee is not None:
        operations.begin_on(SYSTEM, event.user, starts_on=event.user.employee.started_on)


@EMPLOYMENT.after(EmploymentKind.RETURNS.value, order=40)
def leave_time_after_an_absence(_actor: Actor, event: EmploymentEvent) -> None:
    """What was due meanwhile is due some time after the first day back."""
    operations.postpone_for(SYSTEM, event.user, back_on=event.on)


@EMPLOYMENT.after(EmploymentKind.LEAVES.value, order=40)
def call_off_of_a_leaver(_actor: Actor, event: EmploymentEvent) -> None:
    """Nobody owes anything for somebody who is not there."""
    operations.call_off_for(SYSTEM, event.user, reason=gettext("Has left."))


def _somebody_else(user: User) -> int | None:
    found = [*accounts.people.with_role(Role.MENTOR), *accounts.people.with_role(Role.HR)]
    return next((each.id for each in found if each.id != user.id), None)


def _programmes() -> Rows:
    return (
        sa.select(
            ShadowingProgramme.mentor_id.label("user_id"),
            ShadowingProgramme.id.label("subject_id"),
            User.name.label("what"),
        )
        .join(User, User.id == ShadowingProgramme.user_id)
        .where(ShadowingProgramme.status == ProgrammeStatus.ACTIVE)
    )


def _sessions() -> Rows:
    return (
        sa.select(
            ShadowingSession.host_id.label("user_id"),
            ShadowingSession.id.label("subject_id"),
            User.name.label("what"),
        )
        .join(ShadowingProgramme, ShadowingProgramme.id == ShadowingSession.programme_id)
        .join(User, User.id == ShadowingProgramme.user_id)
        .where(ShadowingSession.status != SessionStatus.CONFIRMED)
    )


@hangs(
    "shadowing.mentoring",
    label=_("Job shadowing that they guide"),
    find=_programmes,
    endpoint="shadowing.show",
    roles=(Role.MENTOR, Role.SUPERVISOR),
)
@operation(allow=policies.MANAGE, done=_("Mentor handed over"))
def hand_over_programmes(_actor: Actor, person: User, *, successor: User) -> int:
    """Let the successor guide programmes that are under way, but their own: how many."""
    found = db.session.scalars(
        sa.select(ShadowingProgramme).where(
            ShadowingProgramme.mentor_id == person.id,
            ShadowingProgramme.status == ProgrammeStatus.ACTIVE,
            ShadowingProgramme.user_id != successor.id,
        )
    ).unique()
    done = 0
    for programme in found.all():
        programme.mentor = successor
        audit.mention(programme, successor.name)
        done += 1
    return done


@hangs(
    "shadowing.hosting",
    label=_("Sessions that they have to confirm"),
    find=_sessions,
    endpoint="shadowing_sessions.show",
    roles=(Role.MENTOR, Role.SUPERVISOR),
)
@operation(allow=policies.MANAGE, done=_("Confirmation handed over"))
def hand_over_sessions(_actor: Actor, person: User, *, successor: User) -> int:
    """Let the successor confirm what the person hosted, after asking both; never their own. How many sessions."""
    found = db.session.scalars(
        sa.select(ShadowingSession)
        .join(ShadowingProgramme, ShadowingProgramme.id == ShadowingSession.programme_id)
        .where(
            ShadowingSession.host_id == person.id,
            ShadowingSession.status != SessionStatus.CONFIRMED,
            ShadowingProgramme.user_id != successor.id,
        )
    ).unique()
    done = 0
    for session in found.all():
        session.host = successor
        audit.mention(session, successor.name)
        done += 1
    return done
