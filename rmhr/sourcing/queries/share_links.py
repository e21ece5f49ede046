"""Share links, how far they led, and by which ways people came to a posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.accounts.queries import confidential
from rmhr.core.db import db
from rmhr.core.folding import by_name, same
from rmhr.models.accounts import User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.applications import ApplicationGroup as Group
from rmhr.models.postings import Posting
from rmhr.models.sourcing import ShareLink, SourceKind


@dataclass(frozen=True)
class Yield:
    """What came of something: how many applied, how many of them are in selection, how many were hired."""

    applied: int = 0
    in_selection: int = 0
    hired: int = 0


def _numbers() -> list[Any]:
    def those(group: Group) -> Any:
        return sa.func.sum(sa.case((Application.status.in_(ApplicationStatus.within(group)), 1), else_=0))

    return [sa.func.count(Application.id), those(Group.IN_SELECTION), those(Group.HIRED)]


def links(posting: Posting) -> Sequence[ShareLink]:
    """The share links of a posting by channel, the older first."""
    query = sa.select(ShareLink).where(ShareLink.posting_id == posting.id)
    return db.session.scalars(
        query.options(joinedload(ShareLink.made_by)).order_by(by_name(ShareLink.channel), ShareLink.id)
    ).all()


def by_link(viewer: User, posting: Posting) -> dict[int, Yield]:
    """What came of each link, by its id, as far as the viewer may know; those that brought nobody are missing.

    One query.
    """
    rows = db.session.execute(
        sa.select(Application.share_link_id, *_numbers())
        .where(
            Application.posting_id == posting.id,
            Application.share_link_id.is_not(None),
            Application.status != ApplicationStatus.REPLACED,
            confidential.known_to(viewer),
        )
        .group_by(Application.share_link_id)
    )
    return {id: Yield(*map(int, numbers)) for id, *numbers in rows}


def by_kind(viewer: User, posting: Posting) -> dict[SourceKind, Yield]:
    """By which ways people came, as far as the viewer may know of them. One query."""
    rows = db.session.execute(
        sa.select(Application.source, *_numbers())
        .where(
            Application.posting_id == posting.id,
            Application.status != ApplicationStatus.REPLACED,
            confidential.known_to(viewer),
        )
        .group_by(Application.source)
    )
    found = {kind: Yield(*map(int, numbers)) for kind, *numbers in rows}
    return {kind: found.get(kind, Yield()) for kind in SourceKind}


def link(posting: Posting, id: int) -> ShareLink:
    """One link of this posting, or 404."""
    query = sa.select(ShareLink).where(ShareLink.id == id, ShareLink.posting_id == posting.id)
    return db.session.scalar(query) or abort(404)


def link_by_code(posting: Posting, code: str) -> ShareLink | None:
    """The link of this posting with this code. Other postings' codes are nobody's here."""
    query = sa.select(ShareLink).where(ShareLink.posting_id == posting.id, ShareLink.code == code)
    return db.session.scalar(query)


def link_for(posting: Posting, channel: str, campaign: str) -> ShareLink | None:
    """The link that this channel and campaign have already, whatever their capitals."""
    query = sa.select(ShareLink).where(
        ShareLink.posting_id == posting.id,
        same(ShareLink.channel, channel),
        same(ShareLink.campaign, campaign),
    )
    return db.session.scalars(query.limit(1)).first()


def is_used(link: ShareLink) -> bool:
    """Whether anybody has applied by it."""
    query = sa.select(Application.id).where(Application.share_link_id == link.id)
    return db.session.scalar(query.limit(1)) is not None
