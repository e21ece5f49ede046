"""The public career site as it is read: what is open, what can be chosen in its list, how it is set up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, joinedload, lazyload, selectinload

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.folding import in_order
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmLevel, RmType, Unit
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.careers import CareerSite
from rmhr.models.documents import Document
from rmhr.models.postings import Audience, Employment, Posting, PostingPlace, RemoteWork
from rmhr.postings.queries import postings

#: What somebody asks for in the list: a posting that leaves it open is there for both.
HOURS = {
    Employment.FULL_TIME: (Employment.FULL_TIME, Employment.EITHER),
    Employment.PART_TIME: (Employment.PART_TIME, Employment.EITHER),
}


def row() -> CareerSite | None:
    """How the site is set up; None while it is as the product brings it."""
    return db.session.scalar(sa.select(CareerSite))


def as_drawn() -> CareerSite:
    """The site as the product brings it, before somebody has set it up: nothing that is stored."""
    return CareerSite(id=1, version=0, headline=Words(), introduction=Words(), imprint=Words())


def logo() -> Document:
    """The bank's picture, or 404."""
    found = db.session.scalar(sa.select(Document).join(CareerSite, CareerSite.logo_id == Document.id))
    if found is None:
        abort(404)
    return found


def advertised(slug: str) -> tuple[Posting, int]:
    """The posting of a public address with how many have applied to it; 404 where strangers never could read it.

    Colleagues of whose application their supervisor must not know are not counted: it might be they who reads it.
    Two queries.
    """
    applied = (
        sa.select(sa.func.count(Application.id))
        .where(
            Application.posting_id == Posting.id,
            Application.supervisor_may_know,
            Application.status != ApplicationStatus.REPLACED,
        )
        .correlate(Posting)
        .scalar_subquery()
    )
    query = (
        sa.select(Posting, applied)
        .where(
            Posting.slug == slug,
            Posting.published_at.is_not(None),
            Posting.audience == Audience.PUBLIC,
        )
        .options(selectinload(Posting.sections), joinedload(Posting.further_places))
    )
    found = db.session.execute(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found[0], found[1]


def listed() -> sa.Select[Posting]:
    """The open postings for the public list, with their places, without the people behind them."""
    return postings.public_list().options(selectinload(Posting.further_places))


def told() -> Sequence[Posting]:
    """All open postings whole, the newest first: for feeds and job boards."""
    query = postings.public_list().options(
        selectinload(Posting.sections), selectinload(Posting.further_places)
    )
    return db.session.scalars(query.order_by(Posting.published_at.desc(), Posting.id.desc())).unique().all()


def addresses() -> Sequence[Posting]:
    """The same postings with nothing but what they say of themselves in a list: for the sitemap. One query."""
    query = postings.published().options(lazyload("*"))
    return db.session.scalars(query.order_by(Posting.published_at.desc(), Posting.id.desc())).all()


def last_change() -> datetime:
    """When something of the site changed last: also a posting that is no longer on it. It never runs backwards.

    Before anything was ever published, the beginning of today: a feed must say something.
    """
    changed = sa.select(sa.func.max(Posting.updated_at)).where(Posting.published_at.is_not(None))
    return db.session.scalar(changed) or clock.moment(clock.today())


@dataclass(frozen=True)
class Offered:
    """What the open postings offer: only that can be filtered by."""

    places: list[str]
    units: list[tuple[int, str]]
    types: list[RmType]
    levels: list[RmLevel]
    hours: list[Employment]
    remote: list[RemoteWork]


def offered() -> Offered:
    """What can be chosen in the public list today. One query."""
    other = aliased(Unit)
    query = (
        postings.published()
        .options(lazyload("*"))
        .join(Unit, Unit.id == Posting.unit_id)
        .outerjoin(PostingPlace, PostingPlace.posting_id == Posting.id)
        .outerjoin(other, other.id == PostingPlace.unit_id)
        .with_only_columns(
            Posting.place,
            PostingPlace.place,
            Unit.id,
            Unit.name,
            other.id,
            other.name,
            Posting.rm_type,
            Posting.level,
            Posting.employment,
            Posting.remote_work,
            maintain_column_froms=True,
        )
        .distinct()
    )
    rows = db.session.execute(query).all()
    places = {place for row in rows for place in row[:2] if place}
    units: dict[int, str] = {id: name for row in rows for id, name in (row[2:4], row[4:6]) if name}
    hours = {row[8] for row in rows}
    return Offered(
        places=sorted(places, key=in_order),
        units=sorted(units.items(), key=lambda unit: in_order(unit[1])),
        types=[each for each in RmType if any(row[6] is each for row in rows)],
        levels=[each for each in RmLevel if any(row[7] is each for row in rows)],
        hours=[each for each, fits in HOURS.items() if hours & set(fits)],
        remote=[each for each in RemoteWork if any(row[9] is each for row in rows)],
    )


def in_place(place: str) -> sa.ColumnElement[bool]:
    """Postings that can be done there, also as one of several places."""
    return sa.or_(Posting.place == place, Posting.further_places.any(PostingPlace.place == place))


def in_unit(unit_id: int) -> sa.ColumnElement[bool]:
    """Postings of that unit, also as one of several."""
    return sa.or_(Posting.unit_id == unit_id, Posting.further_places.any(PostingPlace.unit_id == unit_id))


def for_hours(employment: Employment) -> sa.ColumnElement[bool]:
    """Postings for full or for part time; what leaves it open is for both."""
    return Posting.employment.in_(HOURS[employment])
