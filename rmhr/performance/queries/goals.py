"""Goals as each person may see them, each with its last value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.core.history.records import Copy
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.performance import CheckIn, Confidence, Goal, GoalGroup, GoalStatus, Kpi, Review
from rmhr.models.system import Record
from rmhr.performance import measures


def visible_to(viewer: User) -> sa.ColumnElement[bool]:
    """One's own, one's team's; of whom nobody leads now, those agreed with oneself; HR all."""
    if viewer.has(Role.HR):
        return sa.true()
    led = sa.select(Employee.user_id).where(Employee.supervisor_id.is_not(None)).correlate(None)
    return sa.or_(
        Goal.user_id == viewer.id,
        sa.and_(Goal.supervisor_id == viewer.id, Goal.user_id.not_in(led)),
        Goal.user_id.in_(accounts.people.team_ids(viewer).correlate(None)),
    )


def get(viewer: User, id: int) -> Goal:
    """A goal with its check-ins, or 404."""
    query = (
        sa.select(Goal)
        .where(Goal.id == id, visible_to(viewer))
        .options(
            joinedload(Goal.user).joinedload(User.employee).joinedload(Employee.supervisor),
            joinedload(Goal.supervisor),
            joinedload(Goal.proposed_by),
            joinedload(Goal.kpi),
            selectinload(Goal.check_ins).joinedload(CheckIn.by),
        )
    )
    found: Goal | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def _last(column: Any) -> Any:
    return (
        sa.select(column)
        .where(CheckIn.goal_id == Goal.id)
        .order_by(CheckIn.on.desc(), CheckIn.id.desc())
        .limit(1)
        .correlate(Goal)
        .scalar_subquery()
    )


#: The last value and the last confidence of a goal.
LAST = (_last(CheckIn.value).label("value"), _last(CheckIn.confidence).label("confidence"))


def overview(viewer: User) -> Rows:
    """(goal, last value, last confidence) of all goals that this person may see, in one query."""
    return _with_last().where(visible_to(viewer))


def _with_last() -> Rows:
    return (
        sa.select(Goal, *LAST)
        .join(User, User.id == Goal.user_id)
        .options(contains_eager(Goal.user), joinedload(Goal.kpi))
    )


@dataclass(frozen=True)
class Progress:
    """A goal and where it stands; concluded, the copy of it that was kept then."""

    goal: Goal | Copy
    value: Decimal | None
    confidence: Confidence | None

    @property
    def share(self) -> int:
        """How much of the way is done, from 0 to 100."""
        return measures.share(self.goal, self.value)

    @property
    def said(self) -> str:
        """ "93.4 of 93 %"."""
        return measures.said_of_target(self.goal, self.value)

    @property
    def state(self) -> GoalStatus | Confidence:
        """The word for it: how it ended, how it looks, or its status."""
        if self.status is GoalStatus.AGREED and self.confidence is not None:
            return self.confidence
        return self.goal.status

    @property
    def status(self) -> GoalStatus:
        """The status: a copy knows its words, not its group."""
        return next(status for status in GoalStatus if status.value == self.goal.status.value)

    @property
    def person(self) -> str:
        """Whose it is, as they were called then."""
        return str(self.goal.person) if isinstance(self.goal, Copy) else self.goal.user.name

    @property
    def is_open(self) -> bool:
        """Whether its date still matters."""
        return self.status.group in (GoalGroup.PROPOSED, GoalGroup.RUNNING)

    @property
    def tone(self) -> str | None:
        """Good where the target is reached."""
        return "good" if measures.reached(self.goal, self.value) else None


def as_said(says: Copy) -> Progress:
    """The progress that a copy tells of."""
    return Progress(says, says.value, Confidence(says.confidence.value) if says.confidence else None)


def progress(row: Any) -> Progress:
    """A row of `overview` as what it tells."""
    confidence = row[2] if row[2] is None or isinstance(row[2], Confidence) else Confidence(row[2])
    return Progress(row[0], row[1], confidence)


def of(user: User, *statuses: GoalStatus) -> list[Progress]:
    """The goals of one person, soonest due first."""
    query = _with_last().where(Goal.user_id == user.id).order_by(Goal.due_on, Goal.id)
    if statuses:
        query = query.where(Goal.status.in_(statuses))
    return [progress(row) for row in db.session.execute(query).unique()]


def with_review(user: User, *statuses: GoalStatus) -> tuple[list[Progress], Review | None]:
    """(the same, the last review) of one person. One query."""
    newest = sa.select(sa.func.max(Review.id)).where(Review.user_id == User.id).correlate(User)
    query = (
        sa.select(Goal, *LAST, Review)
        .select_from(User)
        .outerjoin(Goal, sa.and_(Goal.user_id == User.id, Goal.status.in_(statuses)))
        .outerjoin(Review, Review.id == newest.scalar_subquery())
        .where(User.id == user.id)
        .options(joinedload(Goal.kpi), joinedload(Review.cycle))
        .order_by(Goal.due_on, Goal.id)
    )
    rows = db.session.execute(query).all()
    return [progress(row) for row in rows if row[0] is not None], rows[0][3]


def others(goal: Goal) -> Sequence[Goal]:
    """The other goals of the same person."""
    return (
        db.session.scalars(
            sa.select(Goal)
            .where(Goal.user_id == goal.user_id, Goal.id != goal.id)
            .options(joinedload(Goal.kpi))
        )
        .unique()
        .all()
    )


def open_of(user: User) -> Sequence[Goal]:
    """The goals of a person that are not concluded or withdrawn."""
    under_way = GoalStatus.within(GoalGroup.PROPOSED, GoalGroup.RUNNING)
    return (
        db.session.scalars(
            sa.select(Goal).where(Goal.user_id == user.id, Goal.status.in_(under_way)).order_by(Goal.id)
        )
        .unique()
        .all()
    )


def without_copy(kind: str, most: int) -> Sequence[Goal]:
    """Concluded goals of which no copy is kept."""
    kept = sa.select(Record.id).where(Record.kind == kind, Record.subject_id == Goal.id).correlate(Goal)
    query = (
        sa.select(Goal)
        .where(Goal.status.in_(GoalStatus.within(GoalGroup.CONCLUDED)), ~kept.exists())
        .options(
            joinedload(Goal.user),
            joinedload(Goal.supervisor),
            joinedload(Goal.proposed_by),
            joinedload(Goal.kpi),
            selectinload(Goal.check_ins).joinedload(CheckIn.by),
        )
    )
    return db.session.scalars(query.order_by(Goal.id).limit(most)).unique().all()


def kpis() -> Sequence[Kpi]:
    """All KPIs in their order."""
    return db.session.scalars(sa.select(Kpi).order_by(Kpi.position)).all()


def leads(viewer: User) -> sa.ColumnElement[bool]:
    """The condition that a User is somebody for whom this person sets goals: an RM of the team."""
    return sa.and_(User.id.in_(accounts.people.team_ids(viewer)), accounts.people.has_role(Role.RM))


def may_be_set_for(viewer: User) -> Sequence[User]:
    """For whom a supervisor sets goals, by name."""
    team = sa.select(User).where(leads(viewer)).order_by(by_name(User.name), User.id)
    return db.session.scalars(team).all()


def may_be_set_by(viewer: User) -> bool:
    """Whether there is anybody for whom this person sets goals."""
    return bool(db.session.scalar(sa.select(sa.select(User.id).where(leads(viewer)).exists())))
