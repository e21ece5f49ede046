"""The public career site as it is read: what is open, what can be chosen in its list, how it is set up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, joinedload, load_only, selectinload

from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.folding import in_order
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmLevel, RmType, Unit
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.careers import CareerSite
from rmhr.models.documents import Document
from rmhr.models.postings import Employment, Posting, PostingPlace, RemoteWork
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


def have_applied(posting: Posting) -> int:
    """How many have applied to it, as strangers may know.

    Colleagues of whose application their supervisor must not know are not counted: it might be they who reads it.
    """
    query = sa.select(sa.func.count(Application.id)).where(
        Application.posting_id == posting.id,
        Application.supervisor_may_know,
        Application.status != ApplicationStatus.REPLACED,
    )
    return db.session.scalar(query) or 0


def listed() -> sa.Select[Posting]:
    """The open postings with what the public list says of them."""
    return postings.published().options(
        load_only(
            Posting.slug,
            Posting.title,
            Posting.rm_type,
            Posting.employment,
            Posting.place,
            Posting.remote_work,
            Posting.remote,
            Posting.pay_min,
            Posting.pay_max,
            Posting.currency,
            Posting.pay_shown,
            Posting.closes_on,
        ),
        selectinload(Posting.further_places).load_only(PostingPlace.place),
    )


def told() -> Sequence[Posting]:
    """All open postings whole, the newest first: for feeds and job boards."""
    query = postings.published().options(
        joinedload(Posting.unit),
        selectinload(Posting.sections),
        selectinload(Posting.further_places).joinedload(PostingPlace.unit),
    )
    return db.session.scalars(query.order_by(Posting.published_at.desc(), Posting.id.desc())).all()


def addresses() -> Sequence[Posting]:
    """The same postings with nothing but what the sitemap says of them. One query."""
    query = postings.published().options(load_only(Posting.slug, Posting.updated_at))
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


@cache
def _what_is_offered() -> Rows:
    other = aliased(Unit)
    return (
        postings.published()
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


def offered() -> Offered:
    """What can be chosen in the public list today. One query."""
    rows = db.session.execute(_what_is_offered()).all()
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
