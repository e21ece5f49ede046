"""The list of applications: what stands in it, what it can be narrowed to, how many stand where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from rmhr.applications.queries.applications import visible_to
from rmhr.core.db import db
from rmhr.models.accounts import Unit, User
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationPlace,
    ApplicationStatus,
)
from rmhr.models.criteria import PostingVersion
from rmhr.models.documents import Document
from rmhr.models.postings import Posting
from rmhr.models.sourcing import Referral

#: For the list: what it can be ordered by, searched in, and its key.
KEY = Application.id
SORTS = {
    "applied": Application.received_at,
    "stage": Application.status_since,
    "name": Applicant.name,
}
SEARCH = (Applicant.name, Applicant.email, Document.text)
POSTING = Application.posting_id
STATUS = Application.status
SOURCE = Application.source


def listed(viewer: User, statuses: Sequence[ApplicationStatus] = ()) -> sa.Select[Any]:
    """The list's rows, narrowed to some statuses; person and CV are joined, so that they can be searched."""
    query = (
        visible_to(viewer)
        .join(Application.applicant)
        .join(Application.cv)
        .options(
            contains_eager(Application.applicant),
            contains_eager(Application.cv).load_only(Document.text_state),
            joinedload(Application.share_link),
            joinedload(Application.referral).lazyload(Referral.posting),
            selectinload(Application.marks),
            selectinload(Application.posting_version).selectinload(PostingVersion.criteria),
        )
    )
    return query.where(Application.status.in_(statuses)) if statuses else query


def would_work_in(chosen_unit: str) -> sa.ColumnElement[bool]:
    """Whoever would take this place: they chose it, or the posting names no other."""
    unit_id = int(chosen_unit)
    chosen = sa.select(ApplicationPlace.application_id).where(ApplicationPlace.unit_id == unit_id)
    several = sa.select(ApplicationPlace.application_id)
    return sa.or_(
        Application.id.in_(chosen),
        sa.and_(Posting.unit_id == unit_id, Application.id.not_in(several)),
    )


def places(viewer: User) -> list[tuple[int, str]]:
    """The units in which people have applied to work, by name. One query."""
    seen = visible_to(viewer).with_only_columns(Application.id, Posting.unit_id).order_by(None).subquery()
    chosen = sa.select(ApplicationPlace.unit_id).join(seen, seen.c.id == ApplicationPlace.application_id)
    rows = db.session.execute(
        sa.select(Unit.id, Unit.name)
        .where(sa.or_(Unit.id.in_(sa.select(seen.c.unit_id)), Unit.id.in_(chosen)))
        .order_by(Unit.name, Unit.id)
    )
    return [(id, name) for id, name in rows]


def counts(viewer: User) -> dict[ApplicationStatus, int]:
    """How many applications stand where. One query."""
    query = (
        visible_to(viewer)
        .with_only_columns(Application.status, sa.func.count(Application.id))
        .group_by(Application.status)
    )
    return {status: int(number) for status, number in db.session.execute(query)}


def postings(viewer: User) -> list[tuple[int, str]]:
    """The postings that have applications which this person may see: what the list can be narrowed to."""
    having = visible_to(viewer).with_only_columns(Application.posting_id)
    found = db.session.scalars(sa.select(Posting).where(Posting.id.in_(having)).order_by(Posting.id.desc()))
    return [(posting.id, f"{posting.title}, {posting.unit.name}") for posting in found]
