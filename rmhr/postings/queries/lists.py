"""The list of postings: what came of each, what it is ordered by and searched in; and the search in the bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.accounts.queries.search import Hit, best_first, search
from rmhr.core.db import UTCDateTime, db, said_in
from rmhr.core.folding import by_name
from rmhr.core.i18n import LANGUAGES, _, language
from rmhr.core.search.index import says_all
from rmhr.models.accounts import Unit, User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.applications import ApplicationGroup as Group
from rmhr.models.postings import HiringTeamMember, Posting, PostingGroup, PostingStatus, TeamPart
from rmhr.postings import policies
from rmhr.postings.queries.postings import lightly, visible_to

#: Sorts after every deadline there is.
NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Counts:
    """How many applications a posting has, by how far they are."""

    new: int = 0
    under_way: int = 0
    hired: int = 0
    ended: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return self.new + self.under_way + self.hired + self.ended


def counts(viewer: User, ids: Sequence[int]) -> dict[int, Counts]:
    """Applications by posting, as far as the viewer may know of them. One query, whatever the number of postings."""

    def those(group: Group) -> Any:
        return sa.func.sum(sa.case((Application.status.in_(ApplicationStatus.within(group)), 1), else_=0))

    rows = db.session.execute(
        sa.select(
            Application.posting_id,
            *(those(group) for group in (Group.NEW, Group.IN_SELECTION, Group.HIRED, Group.ENDED)),
        )
        .where(Application.posting_id.in_(ids), confidential.known_to(viewer))
        .group_by(Application.posting_id)
    )
    found = {id: Counts(*map(int, numbers)) for id, *numbers in rows}
    return {id: found.get(id, Counts()) for id in ids}


def title_column() -> sa.ColumnElement[str]:
    """The title in the reader's language, else in one that there is; never NULL, and ordered as names are."""
    said = [sa.func.nullif(_in(code), "") for code in (language(), *LANGUAGES)]
    return by_name(sa.func.coalesce(*said, ""))


def search_columns() -> list[Any]:
    """Where a word is looked for: the title in both languages, place and unit."""
    unit = sa.select(Unit.name).where(Unit.id == Posting.unit_id).correlate(Posting).scalar_subquery()
    return [*(_in(code) for code in LANGUAGES), Posting.place, unit]


def deadline_column() -> sa.ColumnElement[date]:
    """The deadline; what has none comes last."""
    return sa.func.coalesce(Posting.closes_on, sa.literal(NEVER, sa.Date))


def opened_column() -> sa.ColumnElement[Any]:
    """Since when it is open; what never was comes last."""
    return sa.func.coalesce(
        Posting.published_at, sa.literal(datetime.combine(NEVER, time(), UTC), UTCDateTime)
    )


def owned_by(viewer: User) -> sa.ColumnElement[bool]:
    """The condition that this person recruits for it, is its hiring manager or in its team."""
    in_team = sa.select(HiringTeamMember.posting_id).where(HiringTeamMember.user_id == viewer.id)
    return sa.or_(
        Posting.recruiter_id == viewer.id, Posting.hiring_manager_id == viewer.id, Posting.id.in_(in_team)
    )


def recruited_by(viewer: User) -> sa.ColumnElement[bool]:
    """The condition that this person is one of its `recruiters`."""
    helps = sa.select(HiringTeamMember.posting_id).where(
        HiringTeamMember.user_id == viewer.id, HiringTeamMember.part == TeamPart.RECRUITER
    )
    return sa.or_(Posting.recruiter_id == viewer.id, Posting.id.in_(helps))


def matching(viewer: User, words: str, most: int = 8) -> Sequence[Posting]:
    """Postings that this colleague may look at and that say all these words: for the search of everything.

    Of those that say it equally well, what is over comes last, and else the newest first.
    """
    over = Posting.status.in_(PostingStatus.within(PostingGroup.OVER))
    query = (
        visible_to(viewer)
        .where(says_all(words, *search_columns()))
        .options(*lightly())
        .order_by(best_first(words, *(_in(code) for code in LANGUAGES)), over, Posting.id.desc())
    )
    return db.session.scalars(query.limit(most)).unique().all()


@search
def _hits(viewer: User, typed: str) -> list[Hit]:
    if not policies.SEE(viewer):
        return []
    return [
        Hit(
            kind=_("Postings"),
            title=posting.title,
            note=f"{posting.place}, {posting.status.label}",
            endpoint="postings.show",
            values={"id": posting.id},
        )
        for posting in matching(viewer, typed)
    ]


def _in(code: str) -> sa.ColumnElement[str]:
    return said_in(Posting.title, code)
