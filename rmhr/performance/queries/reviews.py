"""Reviews as each person may see them: neither side reads the other's part before it is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core.db import Rows, db
from rmhr.models.accounts import Employee, Role, User, UserRole
from rmhr.models.competencies import Competency, CompetencyProfile, Level
from rmhr.models.performance import (
    DevelopmentItem,
    Review,
    ReviewCycle,
    ReviewRating,
    ReviewStatus,
    Side,
)


def visible_to(viewer: User) -> sa.ColumnElement[bool]:
    """One's own, those one writes; of all others HR knows the status."""
    if viewer.has(Role.HR):
        return sa.true()
    return sa.or_(Review.user_id == viewer.id, Review.supervisor_id == viewer.id)


def get(viewer: User, id: int) -> Review:
    """A review with everything in it, or 404. What of it may be shown, `Sight` says."""
    query = (
        sa.select(Review)
        .where(Review.id == id, visible_to(viewer))
        .options(
            joinedload(Review.user).joinedload(User.employee).joinedload(Employee.unit),
            selectinload(Review.ratings),
            selectinload(Review.items).joinedload(DevelopmentItem.competency),
        )
    )
    found: Review | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


@dataclass(frozen=True)
class Sight:
    """What one person may read and write in one review."""

    side: Side | None  # whose part is this person's; None: HR
    reads_self: bool
    reads_supervisor: bool
    reads_meeting: bool
    writes: bool  # whether their own part is open

    @property
    def anything(self) -> bool:
        """Whether there is more to see than the status."""
        return self.side is not None or self.reads_self


def sight(viewer: User, review: Review) -> Sight:
    """Each side reads its own part, the other's once that is handed in; HR reads what is signed."""
    R = ReviewStatus
    signed = review.status is R.SIGNED
    if viewer.id == review.user_id:
        handed_in = review.supervisor_handed_in_at is not None
        return Sight(Side.SELF, True, handed_in, handed_in, review.status is R.SELF_ASSESSMENT)
    if viewer.id == review.supervisor_id:
        handed_in = review.self_handed_in_at is not None
        meeting = review.supervisor_handed_in_at is not None
        return Sight(Side.SUPERVISOR, handed_in, True, meeting, review.status is R.SUPERVISOR_ASSESSMENT)
    return Sight(None, signed, signed, signed, False)


def overview(viewer: User) -> Rows:
    """The reviews that this person may know of."""
    return (
        sa.select(Review)
        .join(User, User.id == Review.user_id)
        .join(ReviewCycle, ReviewCycle.id == Review.cycle_id)
        .where(visible_to(viewer))
        .options(joinedload(Review.user).joinedload(User.employee))
    )


def competencies(user: User) -> list[Competency]:
    """What is rated in this person's review: the competencies of their type of RM."""
    rm_type = user.employee.rm_type if user.employee else None
    query = sa.select(Competency).order_by(Competency.position, Competency.id)
    if rm_type is not None:
        profiled = sa.select(CompetencyProfile.competency_id).where(CompetencyProfile.rm_type == rm_type)
        query = query.where(Competency.id.in_(profiled))
    return list(db.session.scalars(query))


def expected(user: User) -> dict[int, int]:
    """The level that this person's type of RM should reach, by competency."""
    rm_type = user.employee.rm_type if user.employee else None
    query = sa.select(CompetencyProfile.competency_id, CompetencyProfile.target_level)
    rows = db.session.execute(query.where(CompetencyProfile.rm_type == rm_type))
    return dict(list(rows))


def ratings(review: Review, side: Side) -> dict[int, ReviewRating]:
    """What one side has rated, by competency."""
    return {rating.competency_id: rating for rating in review.ratings if rating.side is side}


def complete(rating: ReviewRating | None) -> bool:
    """A level with a sentence of evidence; what was not observed needs none."""
    if rating is None or rating.level is None:
        return False
    return rating.level is Level.NOT_OBSERVED or bool(rating.evidence)


def unrated(review: Review, side: Side) -> list[Competency]:
    """What this side still has to rate."""
    known = ratings(review, side)
    return [each for each in competencies(review.user) if not complete(known.get(each.id))]


def reviewable() -> list[User]:
    """Who can be reviewed: RMs who work here and have a supervisor."""
    rms = sa.select(UserRole.user_id).where(UserRole.role == Role.RM)
    query = (
        sa.select(User)
        .join(Employee, Employee.user_id == User.id)
        .where(User.id.in_(rms), accounts.people.here(), Employee.supervisor_id.is_not(None))
        .options(joinedload(User.employee))
        .order_by(User.name, User.id)
    )
    return list(db.session.scalars(query).unique())


def cycles() -> Sequence[ReviewCycle]:
    """All rounds, newest first."""
    return db.session.scalars(
        sa.select(ReviewCycle).order_by(ReviewCycle.starts_on.desc(), ReviewCycle.id.desc())
    ).all()


def reviewed_in(cycle: ReviewCycle) -> set[int]:
    """The ids of those who are reviewed in this round."""
    return set(db.session.scalars(sa.select(Review.user_id).where(Review.cycle_id == cycle.id)))


def newest(user: User) -> Review | None:
    """The last review of a person."""
    found: Review | None = (
        db.session.scalars(
            sa.select(Review).where(Review.user_id == user.id).order_by(Review.id.desc()).limit(1)
        )
        .unique()
        .one_or_none()
    )
    return found
