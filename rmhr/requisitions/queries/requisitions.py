"""Requisitions as they are read, and how far each one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Endless
from rmhr.core.words import day_text
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, Role, Unit, User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.postings import Posting, PostingGroup, PostingStatus
from rmhr.models.requisitions import Requisition, RequisitionStatus

S = RequisitionStatus
#: What is still advertised or about to be.
ALIVE = PostingStatus.within(PostingGroup.UNREAD, PostingGroup.OPEN)
#: Nobody outside has read it yet.
UNREAD = PostingStatus.within(PostingGroup.UNREAD)
#: What one can apply to, now or soon again.
OPEN = PostingStatus.within(PostingGroup.OPEN)


def visible_to(viewer: User) -> sa.Select[Requisition]:
    """HR sees all of them, others what they asked for and what they decide on."""
    query = sa.select(Requisition)
    if viewer.has(Role.HR):
        return query
    return query.where(sa.or_(Requisition.requester_id == viewer.id, Requisition.approver_id == viewer.id))


def listed(viewer: User) -> sa.Select[Requisition]:
    """The same for the list: with unit and requester."""
    return visible_to(viewer).options(joinedload(Requisition.unit), joinedload(Requisition.requester))


def visible_ids(viewer: User, ids: Sequence[int]) -> set[int]:
    """Those of these requisitions that this person may open."""
    query = visible_to(viewer).with_only_columns(Requisition.id).where(Requisition.id.in_(ids))
    return set(db.session.scalars(query))


def get(viewer: User, id: int, *, locked: bool = False) -> Requisition:
    """One requisition, or 404 where the viewer may not know of it. `locked`: until the request is over."""
    query = visible_to(viewer).where(Requisition.id == id).options(*_with_people())
    if locked:
        query = query.with_for_update(of=Requisition)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def _with_people() -> list[Any]:
    return [
        joinedload(Requisition.unit),
        joinedload(Requisition.requester),
        joinedload(Requisition.approver),
    ]


def decide_by(unit: Unit) -> date:
    """Until when a requisition that is asked for today should be decided on."""
    return deadlines.DECIDE_ON_REQUISITION.after(clock.today(), unit.holiday_region)


def advertise_by(requisition: Requisition) -> date:
    """Until when the posting for one that is approved today should be begun."""
    return deadlines.ADVERTISE_REQUISITION.after(clock.today(), requisition.unit.holiday_region)


def has_places_left() -> sa.ColumnElement[bool]:
    """The condition that not every position of a requisition is advertised or filled."""
    used = (
        sa.select(sa.func.coalesce(sa.func.sum(_taken_by_posting()), 0))
        .where(Posting.requisition_id == Requisition.id)
        .correlate(Requisition)
        .scalar_subquery()
    )
    return used < Requisition.positions


def under_way(requisition: Requisition) -> tuple[bool, bool]:
    """Whether a posting for it is not over; whether somebody has an offer for a position and may accept. One query."""
    its = sa.select(Posting.id).where(Posting.requisition_id == requisition.id)
    offered = its.join(Application, Application.posting_id == Posting.id).where(
        Application.status == ApplicationStatus.OFFERED
    )
    advertised, promised = db.session.execute(
        sa.select(its.where(Posting.status.in_(ALIVE)).exists(), offered.exists())
    ).one()
    return bool(advertised), bool(promised)


@dataclass(frozen=True)
class Progress:
    """How many positions of a requisition are being written about, advertised, filled."""

    prepared: int = 0
    advertised: int = 0
    filled: int = 0

    @property
    def used(self) -> int:
        """How many are not left for another posting."""
        return self.prepared + self.advertised + self.filled


def progress_of(postings: Sequence[tuple[Posting, int]]) -> Progress:
    """How far one requisition is: its postings, each with how many it has filled, are at hand."""

    def those(statuses: Sequence[PostingStatus]) -> int:
        return sum(max(it.openings - filled, 0) for it, filled in postings if it.status in statuses)

    return Progress(those(UNREAD), those(OPEN), sum(filled for _it, filled in postings))


def progress(ids: Sequence[int]) -> dict[int, Progress]:
    """How far requisitions are, by id: all their postings together. One query, whatever their number."""
    each = (
        sa.select(Posting.requisition_id, Posting.status, Posting.openings, _filled().label("filled"))
        .where(Posting.requisition_id.in_(ids))
        .subquery()
    )
    open_places = sa.case((each.c.openings > each.c.filled, each.c.openings - each.c.filled), else_=0)

    def those(*statuses: PostingStatus) -> Any:
        return sa.func.sum(sa.case((each.c.status.in_(statuses), open_places), else_=0))

    rows = db.session.execute(
        sa.select(each.c.requisition_id, those(*UNREAD), those(*OPEN), sa.func.sum(each.c.filled)).group_by(
            each.c.requisition_id
        )
    )
    found = {id: Progress(*map(int, numbers)) for id, *numbers in rows}
    return {id: found.get(id, Progress()) for id in ids}


def filled(ids: Sequence[int]) -> dict[int, int]:
    """How many have accepted an offer for these postings, and come; by posting. One query."""
    query = sa.select(Posting.id, _filled()).where(Posting.id.in_(ids))
    found = {id: int(number) for id, number in db.session.execute(query)} if ids else {}
    return {id: found.get(id, 0) for id in ids}


def filled_of(posting: Posting) -> int:
    """The same for one posting."""
    return filled([posting.id])[posting.id]


def _filled() -> sa.ScalarSelect[int]:
    """How many were hired of a posting. Whoever left on the first day or never began has filled nothing."""
    stayed = sa.or_(Employee.left_on.is_(None), Employee.left_on > Employee.started_on)
    return (
        sa.select(sa.func.count(Application.id))
        .outerjoin(Employee, Employee.application_id == Application.id)
        .where(Application.posting_id == Posting.id, Application.status == ApplicationStatus.HIRED, stayed)
        .correlate(Posting)
        .scalar_subquery()
    )


def lock(requisition: Requisition) -> None:
    """Look at it as it is now, and keep it so until this transaction is over."""
    query = sa.select(Requisition).where(Requisition.id == requisition.id).with_for_update(of=Requisition)
    db.session.scalars(query.execution_options(populate_existing=True)).unique().one()


def no_longer_full() -> Sequence[Requisition]:
    """Filled requisitions of which somebody has not come after all."""
    number = (
        sa.select(sa.func.coalesce(sa.func.sum(_filled()), 0))
        .where(Posting.requisition_id == Requisition.id)
        .correlate(Requisition)
        .scalar_subquery()
    )
    query = sa.select(Requisition).where(Requisition.status == S.FILLED, number < Requisition.positions)
    return db.session.scalars(query.order_by(Requisition.id)).unique().all()


def openings_of(requisition: Requisition, but_for: int | None = None) -> int:
    """How many positions its other postings advertise or have filled."""
    query = sa.select(sa.func.coalesce(sa.func.sum(_taken_by_posting()), 0)).where(
        Posting.requisition_id == requisition.id
    )
    if but_for is not None:
        query = query.where(Posting.id != but_for)
    return int(db.session.scalar(query) or 0)


def _taken_by_posting() -> sa.ColumnElement[int]:
    """The positions that a posting takes: all of them while it lives, afterwards those that it has filled."""
    return sa.case((Posting.status.in_(ALIVE), Posting.openings), else_=_filled())


def to_advertise() -> Sequence[Requisition]:
    """Approved requisitions for which not every position is advertised, the most urgent first."""
    query = sa.select(Requisition).where(_waits_for_a_posting())
    query = query.options(joinedload(Requisition.unit))
    return db.session.scalars(query.order_by(Requisition.needed_by, Requisition.id)).all()


def waits_for_a_posting(requisition: Requisition, postings: Sequence[tuple[Posting, int]]) -> bool:
    """Whether this is one of them; its postings, each with how many it has filled, are at hand."""
    used = sum(it.openings if it.status in ALIVE else filled for it, filled in postings)
    return requisition.status is S.APPROVED and used < requisition.positions


def _waits_for_a_posting() -> sa.ColumnElement[bool]:
    return sa.and_(Requisition.status == S.APPROVED, has_places_left())


def _in_a_line(row: Any) -> str:
    """What, where, until when."""
    _id, rm_type, unit, needed_by = row
    return f"{rm_type.label}, {unit}, {day_text(needed_by)}"


#: The same as a form offers them, found by their unit.
TO_ADVERTISE = by_words(
    lambda _viewer: (
        sa.select(Requisition.id, Requisition.rm_type, Unit.name, Requisition.needed_by)
        .join(Unit, Unit.id == Requisition.unit_id)
        .where(_waits_for_a_posting())
        .order_by(Requisition.needed_by, Requisition.id)
    ),
    Unit.name,
    said=_in_a_line,
)


def approvers(but_for: User) -> Endless:
    """Who may decide on requisitions: HR and supervisors who head a unit, without who asks."""
    heads = sa.select(Unit.head_id).where(Unit.head_id.is_not(None))
    leads = sa.and_(accounts.people.has_role(Role.SUPERVISOR), User.id.in_(heads))
    return accounts.choices.people(sa.or_(accounts.people.has_role(Role.HR), leads), User.id != but_for.id)


def in_unit(id: int) -> sa.ColumnElement[bool]:
    """That it is for this unit or one below it."""
    tree = sa.select(Unit.id).where(Unit.id == id).cte("within", recursive=True)
    within = tree.union(sa.select(Unit.id).where(Unit.parent_id == tree.c.id))
    return Requisition.unit_id.in_(sa.select(within.c.id))


def postings_of(requisition: Requisition) -> list[tuple[Posting, int]]:
    """The postings that advertise it, the oldest first, each with how many it has filled. One query."""
    query = sa.select(Posting, _filled()).where(Posting.requisition_id == requisition.id).order_by(Posting.id)
    return [(posting, int(filled)) for posting, filled in db.session.execute(query)]


def search_columns() -> list[Any]:
    """Where a word is looked for: why it is needed, the unit, who asks."""
    unit = sa.select(Unit.name).where(Unit.id == Requisition.unit_id).correlate(Requisition).scalar_subquery()
    who = (
        sa.select(User.name)
        .where(User.id == Requisition.requester_id)
        .correlate(Requisition)
        .scalar_subquery()
    )
    return [Requisition.justification, unit, who]
