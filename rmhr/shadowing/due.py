"""What is owed around shadowing: sessions to confirm, sessions to correct, the next rung."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import Rows
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import User
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.models.shadowing import (
    ProgrammeRung,
    ProgrammeStatus,
    SessionStatus,
    ShadowingProgramme,
    ShadowingSession,
)


def _sessions() -> Rows:
    return (
        sa.select(
            ShadowingSession.id.label("subject_id"),
            ShadowingSession.confirm_by.label("due_on"),
            User.name.label("person"),
        )
        .join(ShadowingProgramme, ShadowingProgramme.id == ShadowingSession.programme_id)
        .join(User, User.id == ShadowingProgramme.user_id)
    )


@source(
    "shadowing.confirm",
    label=N_("Shadowing sessions to confirm"),
    remind_on=(0, 2, 5),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Confirm %(person)s’s session"),
    why=N_("You were the host; it counts when you confirm"),
    verb=N_("Confirm"),
    endpoint="shadowing_sessions.show",
    icon="check2-circle",
    otherwise=N_("The session does not count before you confirm it"),
    awaited=N_("Confirmation of your session"),
    snooze=3,
)
def to_confirm() -> Rows:
    """What hosts owe."""
    return (
        _sessions()
        .add_columns(
            ShadowingSession.host_id.label("owner_id"),
            day_of(ShadowingSession.created_at).label("since_on"),
            ShadowingProgramme.user_id.label("waits_id"),
        )
        .where(ShadowingSession.status == SessionStatus.LOGGED)
    )


@source(
    "shadowing.correct",
    label=N_("Shadowing sessions to correct"),
    remind_on=(0, 3),
    text=N_("Correct your session and hand it in again"),
    why=N_("Your host has sent it back"),
    verb=N_("Correct"),
    endpoint="shadowing_sessions.show",
    icon="arrow-return-left",
    otherwise=N_("The session does not count before it is confirmed"),
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
    label=N_("Steps of the shadowing ladder"),
    remind_on=(-7, -1, 1, 7),
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Shadowing: %(missing)s more sessions on this rung"),
    why=N_("Step %(step)s of your ladder"),
    verb=N_("View"),
    endpoint="shadowing.show",
    params={"id": "programme"},
    icon="signpost-split",
    snooze=7,
)
def next_rung() -> Rows:
    """The rungs that an RM has not climbed yet."""
    confirmed = (
        sa.select(sa.func.count(ShadowingSession.id))
        .where(
            ShadowingSession.programme_id == ProgrammeRung.programme_id,
            ShadowingSession.rung == ProgrammeRung.rung,
            ShadowingSession.status == SessionStatus.CONFIRMED,
        )
        .correlate(ProgrammeRung)
        .scalar_subquery()
    )
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
        .where(ShadowingProgramme.status == ProgrammeStatus.ACTIVE, confirmed < ProgrammeRung.needed)
    )
