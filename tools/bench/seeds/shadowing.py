"""Ladders of job shadowing: signed off where the first months are over, under way where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.shadowing import (
    Activity,
    ProgrammeRung,
    ProgrammeStatus,
    RungRule,
    SessionMode,
    SessionStatus,
    ShadowingProgramme,
    ShadowingSession,
)
from tools.bench.seeds.onboarding import is_new
from tools.bench.seeds.people import Staff, started_on
from tools.bench.seeds.rows import add, day, moment, stamped
from tools.bench.sizes import Size

LASTS, EVERY = 90, 7
LEARNED = "How a first meeting is opened, and when to stop explaining and ask."


def fill(size: Size) -> None:
    """A programme for each RM, its rungs, and a session a week until they are climbed."""
    staff = Staff(size)
    rules = list(db.session.scalars(sa.select(RungRule).order_by(RungRule.position)))
    activities = list(db.session.scalars(sa.select(Activity.id).order_by(Activity.position)))
    add(ShadowingProgramme, (_programme(staff, rm) for rm in staff.rms))
    add(ProgrammeRung, (_rung(rm, rule) for rm in staff.rms for rule in rules))
    add(ShadowingSession, (each for rm in staff.rms for each in _sessions(staff, rm, rules, activities)))


def _programme(staff: Staff, rm: int) -> dict[str, Any]:
    begins = started_on(rm)
    over = begins + timedelta(days=LASTS)
    return {
        "id": rm,
        "user_id": rm,
        "mentor_id": staff.mentor(rm),
        "status": ProgrammeStatus.ACTIVE if is_new(rm) else ProgrammeStatus.SIGNED_OFF,
        "starts_on": begins,
        "due_on": over,
        "signed_off_at": None if is_new(rm) else moment(over, 12),
        "signed_off_by_id": None if is_new(rm) else staff.mentor(rm),
        **stamped(moment(begins)),
    }


def _rung(rm: int, rule: RungRule) -> dict[str, Any]:
    return {
        "programme_id": rm,
        "position": rule.position,
        "rung": rule.rung,
        "needed": rule.sessions,
        "due_on": started_on(rm) + timedelta(days=30 * rule.position),
    }


def _sessions(
    staff: Staff, rm: int, rules: list[RungRule], activities: list[int]
) -> Iterator[dict[str, Any]]:
    rungs = [rule.rung for rule in rules for _turn in range(rule.sessions)]
    for number, rung in enumerate(rungs):
        held = started_on(rm) + timedelta(days=EVERY * (number + 1))
        if held >= day():
            return
        waits = is_new(rm) and held > day(-EVERY)
        yield {
            "programme_id": rm,
            "host_id": staff.mentor(rm),
            "activity_id": activities[(rm + number) % len(activities)],
            "rung": rung,
            "mode": list(SessionMode)[number % len(SessionMode)],
            "status": SessionStatus.LOGGED if waits else SessionStatus.CONFIRMED,
            "held_on": held,
            "minutes": 60,
            "client_agreed": True,
            "learned": LEARNED,
            "confirm_by": held + timedelta(days=5),
            "confirmed_at": None if waits else moment(held, 18),
            "confirmed_by_id": None if waits else staff.mentor(rm),
            **stamped(moment(held, 17)),
        }
