"""Reviews as each person may see them: neither side reads the other's part before it is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core.db import Rows, db
from rmhr.core.folding import by_name
from rmhr.models.accounts import Employee, Role, User, UserRole
from rmhr.models.competencies import Competency, CompetencyProfile, Level
from rmhr.models.performance import (
    DevelopmentItem,
    Review,
    ReviewCycle,
    ReviewRating,
    ReviewStatus,
    ReviewText,
    Side,
)
from rmhr.models.system import Record
from rmhr.performance import policies
from rmhr.postings.queries import profiles


def visible_to(viewer: User) -> sa.ColumnElement[bool]:
    """One's own, those one writes, the signed ones of one's team; of all others HR knows the status.

    Whoever does not lead the RM any more sees none of them, unless HR has chosen them.
    """
    if viewer.has(Role.HR):
        return sa.true()
    others = (
        sa.select(Employee.user_id)
        .where(Employee.supervisor_id.is_not(None), Employee.supervisor_id != viewer.id)
        .correlate(None)
    )
    return sa.or_(
        Review.user_id == viewer.id,
        sa.and_(
            Review.supervisor_id == viewer.id,
            sa.or_(Review.supervisor_chosen, Review.user_id.not_in(others)),
        ),
        sa.and_(
            Review.status == ReviewStatus.SIGNED,
            Review.user_id.in_(accounts.people.team_ids(viewer).correlate(None)),
        ),
    )


def lock(id: int) -> None:
    """Let nobody else write in this review until this request is over."""
    db.session.execute(sa.select(Review.id).where(Review.id == id).with_for_update())


def get(viewer: User, id: int) -> Review:
    """A review, or 404. What of it may be shown, `Sight` says."""
    query = (
        sa.select(Review)
        .where(Review.id == id, visible_to(viewer))
        .options(
            joinedload(Review.user).joinedload(User.employee).joinedload(Employee.unit),
            joinedload(Review.supervisor),
            joinedload(Review.cycle),
            joinedload(Review.texts),
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
    """Each side reads its own part, the other's once that is handed in; HR and who leads now read what is signed."""
    R = ReviewStatus
    signed = review.status is R.SIGNED
    if viewer.id == review.user_id:
        handed_in = review.supervisor_handed_in_at is not None
        late = policies.may_add_self(review) and review.status in (R.SUPERVISOR_ASSESSMENT, R.MEETING)
        return Sight(Side.SELF, True, handed_in, handed_in, review.status is R.SELF_ASSESSMENT or late)
    if policies.supervisor_of_the_review(viewer, review):
        handed_in = review.self_handed_in_at is not None
        meeting = review.supervisor_handed_in_at is not None
        return Sight(Side.SUPERVISOR, handed_in, True, meeting, review.status is R.SUPERVISOR_ASSESSMENT)
    return Sight(None, signed, signed, signed, False)


def text_of(review: Review, side: Side) -> ReviewText | None:
    """The row of one side's words."""
    return next((each for each in review.texts if each.side is side), None)


def overview(viewer: User) -> Rows:
    """The reviews that this person may know of."""
    return (
        sa.select(Review)
        .join(User, User.id == Review.user_id)
        .join(ReviewCycle, ReviewCycle.id == Review.cycle_id)
        .where(visible_to(viewer))
        .options(contains_eager(Review.user), contains_eager(Review.cycle), joinedload(Review.supervisor))
    )


def competencies(user: User) -> Sequence[Competency]:
    """What is rated in this person's review: the competencies of their type of RM, all where it is not known."""
    rm_type = user.employee.rm_type if user.employee else None
    query = sa.select(Competency).order_by(Competency.position, Competency.id)
    if rm_type is not None:
        query = query.where(Competency.profiles.any(CompetencyProfile.rm_type == rm_type))
    return db.session.scalars(query).all()


def rated(review: Review) -> list[tuple[Competency, int | None]]:
    """The same of a review, each with the level that its RM should reach. Asked for once, however often it is read."""
    rm_type = review.user.employee.rm_type if review.user.employee else None
    if rm_type is None:
        return [(each, None) for each in competencies(review.user)]
    return [(each.competency, each.target_level) for each in profiles.of(review, rm_type)]


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
    return [each for each, _level in rated(review) if not complete(known.get(each.id))]


def reviewable() -> list[User]:
    """Who can be reviewed: RMs who work here and have a supervisor."""
    rms = sa.select(UserRole.user_id).where(UserRole.role == Role.RM)
    query = (
        sa.select(User)
        .join(Employee, Employee.user_id == User.id)
        .where(User.id.in_(rms), accounts.people.here(), Employee.supervisor_id.is_not(None))
        .options(joinedload(User.employee))
        .order_by(by_name(User.name), User.id)
    )
    return list(db.session.scalars(query).unique())


#: The statuses of a review that is neither signed nor cancelled.
OPEN = (
    ReviewStatus.SELF_ASSESSMENT,
    ReviewStatus.SUPERVISOR_ASSESSMENT,
    ReviewStatus.MEETING,
    ReviewStatus.SIGNING,
)


def _open() -> sa.Select[Review]:
    return (
        sa.select(Review)
        .where(Review.status.in_(OPEN))
        .options(joinedload(Review.user), joinedload(Review.supervisor), joinedload(Review.cycle))
        .order_by(Review.id)
    )


def open_of(user: User) -> Sequence[Review]:
    """The reviews of a person that are neither signed nor cancelled."""
    return db.session.scalars(_open().where(Review.user_id == user.id)).unique().all()


def open_in(cycle: ReviewCycle) -> Sequence[Review]:
    """The reviews of a round that are neither signed nor cancelled."""
    return db.session.scalars(_open().where(Review.cycle_id == cycle.id)).unique().all()


def led_by_others() -> Sequence[Review]:
    """Open reviews whose RM is led by somebody else now than by whom they are with, unless HR has chosen that."""
    query = _open().join(Employee, Employee.user_id == Review.user_id)
    elsewhere = (Employee.supervisor_id.is_not(None), Employee.supervisor_id != Review.supervisor_id)
    found = query.where(
        sa.not_(Review.supervisor_chosen), *elsewhere, Employee.supervisor_id != Review.user_id
    )
    return db.session.scalars(found.options(joinedload(Review.user).joinedload(User.employee))).unique().all()


def without_self(until: date) -> Sequence[Review]:
    """Reviews whose self-assessment was due on that day or before and is not handed in."""
    query = _open().where(Review.status == ReviewStatus.SELF_ASSESSMENT, Review.self_due_on <= until)
    return db.session.scalars(query).unique().all()


def without_copy(kind: str, statuses: Sequence[ReviewStatus], most: int) -> Sequence[Review]:
    """Reviews of these statuses of which no copy is kept."""
    kept = sa.select(Record.id).where(Record.kind == kind, Record.subject_id == Review.id).correlate(Review)
    query = (
        sa.select(Review)
        .where(Review.status.in_(statuses), ~kept.exists())
        .options(
            joinedload(Review.user).joinedload(User.employee).joinedload(Employee.unit),
            joinedload(Review.supervisor),
            joinedload(Review.cycle),
        )
    )
    return db.session.scalars(query.order_by(Review.id).limit(most)).unique().all()


def under_way(people: Sequence[int], first: date, last: date) -> set[int]:
    """Those of these people who have an open review of some day of this period. Locks the rows of all of them."""
    db.session.execute(sa.select(User.id).where(User.id.in_(people)).order_by(User.id).with_for_update())
    query = (
        sa.select(Review.user_id)
        .join(ReviewCycle, ReviewCycle.id == Review.cycle_id)
        .where(
            Review.user_id.in_(people),
            Review.status.in_(OPEN),
            ReviewCycle.starts_on <= last,
            ReviewCycle.ends_on >= first,
        )
    )
    return set(db.session.scalars(query))


def unfinished(id: int) -> ReviewCycle | None:
    """A round, if one of its reviews is neither signed nor cancelled."""
    found = _open().where(Review.cycle_id == id).limit(1)
    review = db.session.scalars(found).unique().one_or_none()
    return review.cycle if review else None


def cycle(id: int) -> ReviewCycle:
    """A round, or 404."""
    found = db.session.get(ReviewCycle, id)
    if found is None:
        abort(404)
    return found


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
            sa.select(Review)
            .where(Review.user_id == user.id)
            .options(joinedload(Review.cycle))
            .order_by(Review.id.desc())
            .limit(1)
        )
        .unique()
        .one_or_none()
    )
    return found
