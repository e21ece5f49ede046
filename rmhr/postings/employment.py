"""What of postings hangs on a person: those they recruit for, those they hire for, and teams they help in."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core.db import Rows, db
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application
from rmhr.models.postings import HiringTeamMember, Posting, PostingGroup, PostingStatus, TeamPart
from rmhr.postings.due.postings import UNDER_WAY
from rmhr.postings.operations.team import ROLE


def alive() -> sa.ColumnElement[bool]:
    """The condition that there is work on a posting: it is written or open, or somebody waits for an answer."""
    waiting = sa.exists().where(Application.posting_id == Posting.id, Application.status.in_(UNDER_WAY))
    return sa.or_(
        Posting.status.in_(PostingStatus.within(PostingGroup.UNREAD, PostingGroup.OPEN)),
        sa.and_(Posting.status == PostingStatus.CLOSED, waiting.correlate(Posting)),
    )


def _whose(column: Any) -> Rows:
    return sa.select(
        column.label("user_id"), Posting.id.label("subject_id"), Posting.title.label("what")
    ).where(alive())


def _mine(column: Any, person: User) -> list[Posting]:
    return list(db.session.scalars(sa.select(Posting).where(column == person.id, alive())).unique())


def _let_go(posting: Posting, user: User) -> None:
    """Whoever leads a posting is not in its team besides."""
    for member in [each for each in posting.team if each.user_id == user.id]:
        posting.team.remove(member)


@hangs(
    "postings.recruiting",
    label=_("Postings that they recruit for"),
    find=lambda: _whose(Posting.recruiter_id),
    endpoint="postings.show",
    roles=(Role.HR,),
)
@operation(allow=policies.MANAGE, done=_("Recruiter handed over"))
def hand_over_recruiting(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor recruit: applicants are told of them from now on. How many postings."""
    found = _mine(Posting.recruiter_id, person)
    for posting in found:
        posting.recruiter = successor
        posting.contact_phone = ""  # it was that of the person
        _let_go(posting, successor)
        audit.mention(posting, successor.name)
    return len(found)


@hangs(
    "postings.hiring",
    label=_("Postings for which they are hiring manager"),
    find=lambda: _whose(Posting.hiring_manager_id),
    endpoint="postings.show",
    roles=(Role.SUPERVISOR,),
)
@operation(allow=policies.MANAGE, done=_("Hiring manager handed over"))
def hand_over_hiring(_actor: Any, person: User, *, successor: User) -> int:
    """Let the new colleague report to the successor: how many postings."""
    found = _mine(Posting.hiring_manager_id, person)
    for posting in found:
        posting.hiring_manager = successor
        audit.mention(posting, successor.name)
    return len(found)


def _teams() -> Rows:
    return (
        sa.select(
            HiringTeamMember.user_id.label("user_id"),
            Posting.id.label("subject_id"),
            Posting.title.label("what"),
        )
        .join(Posting, Posting.id == HiringTeamMember.posting_id)
        .where(alive())
    )


@hangs(
    "postings.helping",
    label=_("Hiring teams that they help in"),
    find=_teams,
    endpoint="postings.show",
    roles=(Role.HR, Role.INTERVIEWER),
)
@operation(allow=policies.MANAGE, done=_("Place in the hiring team handed over"))
def hand_over_teams(_actor: Any, person: User, *, successor: User) -> int:
    """Put the successor into the teams, with the part that their role allows: how many postings."""
    found = db.session.scalars(
        sa.select(HiringTeamMember)
        .join(Posting, Posting.id == HiringTeamMember.posting_id)
        .where(HiringTeamMember.user_id == person.id, alive())
    ).all()
    for member in found:
        posting = member.posting
        there = {posting.recruiter_id, *(each.user_id for each in posting.team)}
        part = member.part if successor.has(ROLE[member.part]) else TeamPart.INTERVIEWER
        posting.team.remove(member)
        db.session.flush()
        if successor.id not in there and successor.has(ROLE[part]):
            posting.team.append(HiringTeamMember(user=successor, part=part))
        audit.mention(posting, successor.name)
    return len(found)
