"""Postings as they are read: by colleagues, and by strangers on the career site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, defaultload, defer, joinedload

from rmhr.core import clock
from rmhr.core.db import Rows, db, said_in, this_day
from rmhr.core.folding import by_name, in_order
from rmhr.core.i18n import LANGUAGES, gettext
from rmhr.core.lists.choices import by_words
from rmhr.core.words import day_bare
from rmhr.law import deadlines
from rmhr.models.accounts import RmType, Role, Unit, User
from rmhr.models.criteria import PostingTemplate, PostingVersion
from rmhr.models.postings import (
    Audience,
    HiringTeamMember,
    Posting,
    PostingGroup,
    PostingPlace,
    PostingStatus,
)

#: What somebody outside HR has been able to read.
READ = PostingStatus.within(PostingGroup.OPEN, PostingGroup.OVER)


def visible_to(viewer: User) -> sa.Select[Posting]:
    """What this colleague may look at: HR everything, others what is or was open, and what they help to fill."""
    query = sa.select(Posting)
    if viewer.has(Role.HR):
        return query
    in_team = sa.select(HiringTeamMember.posting_id).where(HiringTeamMember.user_id == viewer.id)
    return query.where(
        sa.or_(Posting.hiring_manager_id == viewer.id, Posting.id.in_(in_team), Posting.status.in_(READ))
    )


def get(viewer: User, id: int, *, lock: bool = False, asked: bool = False) -> Posting:
    """One posting with its people, or 404 where the viewer may not know. `lock`: until the request is over.

    Texts, team and versions are loaded when the page reaches for them, each with one query. `asked`: the texts with the
    posting, the versions with what they screen for, and without the text that they replaced.
    """
    query = visible_to(viewer).where(Posting.id == id).options(*with_people(), *_parts())
    if asked:
        screened = joinedload(PostingVersion.criteria), defer(PostingVersion.text)
        versions = defaultload(Posting.versions).options(*screened)
        query = query.options(joinedload(Posting.sections), versions)
    if lock:
        query = query.with_for_update(of=Posting)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def published(*audiences: Audience) -> sa.Select[Posting]:
    """The postings that one can apply to today: strangers, or with both audiences colleagues."""
    return sa.select(Posting).where(
        Posting.status == PostingStatus.PUBLISHED,
        Posting.closes_on >= this_day(),
        Posting.audience.in_(audiences or (Audience.PUBLIC,)),
    )


#: The same for whoever recommends somebody, by place.
OPEN = by_words(
    lambda _viewer: (
        published()
        .with_only_columns(Posting.id, Posting.title, Posting.place)
        .order_by(by_name(Posting.place), Posting.id)
    ),
    *(said_in(Posting.title, code) for code in LANGUAGES),
    Posting.place,
    said=lambda row: f"{row.title}, {row.place}",
)


def open_now(id: int | None) -> Posting | None:
    """The one with this id, where strangers can apply to it today."""
    return db.session.scalar(published().where(Posting.id == id)) if id is not None else None


def by_slug(slug: str) -> Posting:
    """The posting of a public address, open or closed since; 404 where strangers never could read one."""
    return _found(_public(slug).options(*_read()))


def for_colleagues(slug: str, *, whole: bool = False) -> Posting:
    """A posting that colleagues can apply to today, whomever it is for, or 404. `whole`: with its questions."""
    query = published(*Audience).where(Posting.slug == slug).options(*_read())
    if whole:
        query = _as_it_is_asked(query)
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def internal_list() -> sa.Select[Posting]:
    """The open postings for the list of colleagues, without the people behind them."""
    return published(*Audience).options(*lightly())


def to_apply_for(slug: str) -> Posting:
    """The same with what applicants are asked and screened for."""
    return _found(_as_it_is_asked(_public(slug)).options(*_read()))


def _public(slug: str) -> sa.Select[Posting]:
    return sa.select(Posting).where(
        Posting.slug == slug, Posting.published_at.is_not(None), Posting.audience == Audience.PUBLIC
    )


def _found(query: sa.Select[Posting]) -> Posting:
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def expired() -> Sequence[Posting]:
    """Open and paused postings whose last day is over."""
    query = sa.select(Posting).where(
        Posting.status.in_(PostingStatus.within(PostingGroup.OPEN)), Posting.closes_on < clock.today()
    )
    return db.session.scalars(query.order_by(Posting.id)).unique().all()


def due_to_open() -> Sequence[Posting]:
    """Approved postings whose first day has come and whose last has not passed."""
    query = sa.select(Posting).where(
        Posting.status == PostingStatus.APPROVED,
        Posting.opens_on <= clock.today(),
        Posting.closes_on >= clock.today(),
    )
    query = query.options(*with_people(), *_parts())
    return db.session.scalars(query.order_by(Posting.id)).unique().all()


def approve_by(posting: Posting) -> date:
    """Until when a posting that is submitted today should be approved or sent back."""
    with db.session.no_autoflush:  # it is on its way there: it could not be written without this day
        region = posting.unit.holiday_region
    return deadlines.APPROVE_POSTING.after(clock.today(), region)


def write_by(unit: Unit) -> date:
    """Until when a posting that is begun, or comes back, today should be submitted."""
    return deadlines.WRITE_POSTING.after(clock.today(), unit.holiday_region)


def publish_by(posting: Posting) -> date:
    """Until when a posting that is approved today should be open, where no day was said."""
    return deadlines.PUBLISH_POSTING.after(clock.today(), posting.unit.holiday_region)


def settle_by(posting: Posting) -> date:
    """Until when the last applications to a posting that closes today should be answered."""
    return deadlines.SETTLE_APPLICATIONS.after(clock.today(), posting.unit.holiday_region)


def others(posting: Posting, most: int = 3) -> Sequence[Posting]:
    """Open postings besides this one, of its kind first."""
    same = sa.case((Posting.rm_type == posting.rm_type, 0), else_=1)
    query = published().where(Posting.id != posting.id).options(*lightly())
    return db.session.scalars(query.order_by(same, Posting.closes_on, Posting.id).limit(most)).all()


def places(*audiences: Audience) -> list[str]:
    """Where there are open postings, by name."""
    open_now = published(*audiences).with_only_columns(Posting.place, maintain_column_froms=True).distinct()
    return sorted(db.session.scalars(open_now), key=in_order)


def templates() -> Sequence[PostingTemplate]:
    """The starter texts."""
    return db.session.scalars(sa.select(PostingTemplate).order_by(PostingTemplate.id)).all()


def template_for(rm_type: RmType) -> PostingTemplate:
    """The starter text for a type of RM, or 404 where none was loaded."""
    found = db.session.scalar(sa.select(PostingTemplate).where(PostingTemplate.rm_type == rm_type))
    if found is None:
        abort(404)
    return found


def slug_is_free(slug: str, but_for: int | None = None) -> bool:
    """Whether no other posting has this public address."""
    query = sa.select(Posting.id).where(Posting.slug == slug)
    if but_for is not None:
        query = query.where(Posting.id != but_for)
    return db.session.scalar(query.limit(1)) is None


def _to_copy(viewer: User) -> Rows:
    since = sa.func.coalesce(Posting.published_at, Posting.created_at)
    return (
        visible_to(viewer)
        .join(Unit, Unit.id == Posting.unit_id)
        .with_only_columns(
            Posting.id,
            Posting.title,
            Posting.rm_type,
            Unit.name,
            Posting.status,
            since,
            maintain_column_froms=True,
        )
        .order_by(Posting.id.desc())
    )


def _in_a_line(row: Any) -> str:
    """What, for which kind of RM, which unit, how it stands and since when."""
    _id, title, rm_type, unit, status, since = row
    return gettext(
        "%(title)s · %(kind)s · %(unit)s · %(status)s, %(day)s",
        title=title,
        kind=rm_type.label,
        unit=unit,
        status=status.label,
        day=day_bare(since),
    )


#: What a new posting can begin with, the newest first: everything that this colleague may look at.
TO_COPY = by_words(
    _to_copy, *(said_in(Posting.title, code) for code in LANGUAGES), Posting.place, Unit.name, said=_in_a_line
)


def with_people() -> list[Any]:
    """With unit, hiring manager and recruiter."""
    return [
        joinedload(Posting.unit),
        joinedload(Posting.hiring_manager),
        joinedload(Posting.recruiter),
    ]


def _parts() -> list[Any]:
    """Its request and its places, and who is in its team where a page reaches for that."""
    return [
        joinedload(Posting.requisition),
        joinedload(Posting.further_places).joinedload(PostingPlace.unit),
        defaultload(Posting.team).joinedload(HiringTeamMember.user),
    ]


def _read() -> list[Any]:
    """With whom strangers ask, and where else the job can be done."""
    return [
        joinedload(Posting.recruiter),
        joinedload(Posting.unit),
        joinedload(Posting.further_places).joinedload(PostingPlace.unit),
        defaultload(Posting.team).joinedload(HiringTeamMember.user),
    ]


def _as_it_is_asked(query: sa.Select[Posting]) -> sa.Select[Posting]:
    """With the version that holds for whoever applies now, and no other."""
    newest = sa.select(sa.func.max(PostingVersion.number)).where(PostingVersion.posting_id == Posting.id)
    return query.join(
        PostingVersion,
        sa.and_(
            PostingVersion.posting_id == Posting.id,
            PostingVersion.number == newest.correlate(Posting).scalar_subquery(),
        ),
    ).options(contains_eager(Posting.versions).defer(PostingVersion.text))


def lightly() -> list[Any]:
    """With their unit, without the people behind them: for lists that do not name them."""
    return [joinedload(Posting.unit)]
