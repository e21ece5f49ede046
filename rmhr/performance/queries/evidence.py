"""What the records say about a person in a period: goals with their values, shadowing, training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.core.db import db
from rmhr.core.folding import by_name
from rmhr.models.accounts import User
from rmhr.models.performance import CheckIn, Goal, GoalGroup, GoalStatus, Review
from rmhr.models.shadowing import SessionStatus, ShadowingProgramme, ShadowingSession
from rmhr.training import queries as training

#: Goals that count as facts: whatever both had agreed.
AGREED = GoalStatus.within(GoalGroup.RUNNING, GoalGroup.CONCLUDED)
#: The last so many check-ins with words stand beside the form.
MOST_CHECK_INS = 5


@dataclass(frozen=True)
class Evidence:
    """The facts of one review."""

    goals: Sequence[Goal]
    check_ins: Sequence[CheckIn]
    shadowed: int  # confirmed sessions of one's own
    hosted: Sequence[tuple[str, int]]  # whom one has hosted, how often
    courses: list[training.standing.Held]


def of(review: Review) -> Evidence:
    """What the records say about the person of this review in its period."""
    first, last = review.cycle.starts_on, review.cycle.ends_on
    goals = _goals(review.user, first, last)
    spoken = [
        check_in
        for each in goals
        for check_in in each.check_ins
        if check_in.comment and first <= check_in.on <= last
    ]
    spoken.sort(key=lambda each: (each.on, each.id), reverse=True)
    shadowed, hosted = _shadowing(review.user, first, last)
    return Evidence(
        goals=goals,
        check_ins=spoken[:MOST_CHECK_INS],
        shadowed=shadowed,
        hosted=hosted,
        courses=training.standing.courses_of(review.user),
    )


def _goals(user: User, first: date, last: date) -> Sequence[Goal]:
    """Goals that were under way in the period, with their values."""
    found = db.session.scalars(
        sa.select(Goal)
        .where(Goal.user_id == user.id, Goal.status.in_(AGREED), Goal.starts_on <= last, Goal.due_on >= first)
        .options(joinedload(Goal.kpi), joinedload(Goal.check_ins).joinedload(CheckIn.by))
        .order_by(Goal.due_on, Goal.id)
    ).unique()
    return found.all()


def _confirmed(first: date, last: date) -> Any:
    return sa.and_(
        ShadowingSession.status == SessionStatus.CONFIRMED, ShadowingSession.held_on.between(first, last)
    )


def _shadowing(user: User, first: date, last: date) -> tuple[int, Sequence[tuple[str, int]]]:
    """How many confirmed sessions of one's own, and whom one has hosted, how often. One query."""
    sessions = (
        sa.select(ShadowingProgramme.user_id, sa.func.count().label("number"))
        .join(ShadowingSession, ShadowingSession.programme_id == ShadowingProgramme.id)
        .where(_confirmed(first, last))
        .group_by(ShadowingProgramme.user_id)
    )
    own = sessions.where(ShadowingProgramme.user_id == user.id)
    others = sessions.where(ShadowingSession.host_id == user.id, ShadowingProgramme.user_id != user.id)
    found = sa.union_all(own, others).subquery()
    rows = db.session.execute(
        sa.select(User.id, User.name, found.c.number)
        .join(found, found.c.user_id == User.id)
        .order_by(by_name(User.name), User.id)
    ).all()
    return sum(each.number for each in rows if each.id == user.id), [
        (each.name, each.number) for each in rows if each.id != user.id
    ]
