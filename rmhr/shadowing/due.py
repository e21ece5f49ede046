"""What is owed around shadowing: sessions to confirm, sessions to correct, the next rung."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts.queries.people import here, owed_by_first_here
from rmhr.core.db import Rows
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.shadowing import (
    ProgrammeRung,
    ProgrammeStatus,
    SessionStatus,
    ShadowingProgramme,
    ShadowingSession,
)


def _with_supervisor(query: Rows) -> Rows:
    return query.outerjoin(Employee, Employee.user_id == ShadowingProgramme.user_id)


#: Who guides the RM of a programme, the first one first.
GUIDES = (ShadowingProgramme.mentor_id, Employee.supervisor_id)


def _sessions() -> Rows:
    return (
        sa.select(
            ShadowingSession.id.label("subject_id"),
            ShadowingSession.confirm_by.label("due_on"),
            User.name.label("person"),
        )
        .join(ShadowingProgramme, ShadowingProgramme.id == ShadowingSession.programme_id)
        .join(User, User.id == ShadowingProgramme.user_id)
        .where(ShadowingProgramme.status == ProgrammeStatus.ACTIVE, here())
    )


@source(
    "shadowing.confirm",
    label=N_("Shadowing sessions to confirm"),
    remind_on=(0, 2, 5),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Confirm %(person)s’s session"),
    why=N_("%(host)s was the host; it counts when it is confirmed"),
    verb=N_("Confirm"),
    endpoint="shadowing_sessions.show",
    icon="check2-circle",
    otherwise=N_("The programme cannot be signed off before that"),
    otherwise_by="shadowing.sign_off",
    awaited=N_("Confirmation of your session"),
    snooze=3,
)
def to_confirm() -> Rows:
    """What hosts owe; for one who has left, whoever guides the RM: they confirm, or ask somebody else to."""
    host = aliased(User)
    query = _sessions().join(host, host.id == ShadowingSession.host_id)
    waiting = (
        _with_supervisor(query)
        .add_columns(
            day_of(ShadowingSession.created_at).label("since_on"),
            ShadowingProgramme.user_id.label("waits_id"),
            host.name.label("host"),
        )
        .where(ShadowingSession.status == SessionStatus.LOGGED)
    )
    return owed_by_first_here(waiting, (ShadowingSession.host_id, *GUIDES))


@source(
    "shadowing.correct",
    label=N_("Shadowing sessions to correct"),
    remind_on=(0, 3),
    text=N_("Correct your session and hand it in again"),
    why=N_("Your session was sent back"),
    verb=N_("Correct"),
    endpoint="shadowing_sessions.show",
    icon="arrow-return-left",
    awaited=N_("Corrected session of %(person)s"),
    snooze=5,
)
def to_correct() -> Rows:
    """What RMs owe after a session was sent back."""
    return (
        _sessions()
        .add_columns(ShadowingProgramme.user_id.label("owner_id"), ShadowingSession.host_id.label("waits_id"))
        .where(ShadowingSession.status == SessionStatus.RETURNED)
    )


@source(
    "shadowing.rung",
    label=N_("Stages of the shadowing programme"),
    remind_on=(-7, -1, 1, 7),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Shadowing: %(missing)s more sessions in this stage"),
    why=N_("Stage %(step)s of your programme"),
    verb=N_("View"),
    endpoint="shadowing.show",
    params={"id": "programme"},
    icon="signpost-split",
    snooze=7,
)
def next_rung() -> Rows:
    """The rungs that an RM has not climbed yet."""
    confirmed = _confirmed()
    return (
        sa.select(
            ProgrammeRung.id.label("subject_id"),
            ShadowingProgramme.user_id.label("owner_id"),
            ProgrammeRung.due_on.label("due_on"),
            ShadowingProgramme.starts_on.label("since_on"),
            ProgrammeRung.programme_id.label("programme"),
            ProgrammeRung.position.label("step"),
            (ProgrammeRung.needed - confirmed).label("missing"),
        )
        .join(ShadowingProgramme, ShadowingProgramme.id == ProgrammeRung.programme_id)
        .join(User, User.id == ShadowingProgramme.user_id)
        .where(ShadowingProgramme.status == ProgrammeStatus.ACTIVE, confirmed < ProgrammeRung.needed, here())
    )


def _confirmed() -> sa.ScalarSelect[int]:
    """How many sessions of a ProgrammeRung are confirmed."""
    return (
        sa.select(sa.func.count(ShadowingSession.id))
        .where(
            ShadowingSession.programme_id == ProgrammeRung.programme_id,
            ShadowingSession.rung == ProgrammeRung.rung,
            ShadowingSession.status == SessionStatus.CONFIRMED,
        )
        .correlate(ProgrammeRung)
        .scalar_subquery()
    )


@source(
    "shadowing.sign_off",
    label=N_("Shadowing programmes to sign off"),
    remind_on=(-7, 0, 3),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR, EscalationLevel.HR), Basis.WORKING),),
    text=N_("Sign off %(person)s’s shadowing programme"),
    why=N_("All sessions are confirmed"),
    verb=N_("View"),
    endpoint="shadowing.show",
    icon="patch-check",
    snooze=7,
    awaited=N_("Sign-off of your shadowing programme"),
)
def to_sign_off() -> Rows:
    """Ladders that are climbed, and no session waits: the mentor's, else the supervisor's."""
    missing = (
        sa.select(ProgrammeRung.id)
        .where(ProgrammeRung.programme_id == ShadowingProgramme.id, _confirmed() < ProgrammeRung.needed)
        .correlate(ShadowingProgramme)
        .exists()
    )
    waiting = (
        sa.select(ShadowingSession.id)
        .where(
            ShadowingSession.programme_id == ShadowingProgramme.id,
            ShadowingSession.status == SessionStatus.LOGGED,
        )
        .correlate(ShadowingProgramme)
        .exists()
    )
    query = sa.select(
        ShadowingProgramme.id.label("subject_id"),
        ShadowingProgramme.due_on.label("due_on"),
        ShadowingProgramme.starts_on.label("since_on"),
        ShadowingProgramme.user_id.label("waits_id"),
        User.name.label("person"),
    ).join(User, User.id == ShadowingProgramme.user_id)
    climbed = _with_supervisor(query).where(ShadowingProgramme.status == ProgrammeStatus.ACTIVE, here())
    return owed_by_first_here(climbed, GUIDES, ~missing, ~waiting)
