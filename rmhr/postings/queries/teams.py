"""Who helps to fill a posting, and who could."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort

from rmhr.accounts import queries as accounts
from rmhr.core.db import db
from rmhr.core.lists.declaration import Endless
from rmhr.models.accounts import Role, User
from rmhr.models.postings import HiringTeamMember, Posting


def could_help(posting: Posting) -> Endless:
    """Recruiters and interviewers who are not in the team yet."""
    there = {posting.recruiter_id, *(each.user_id for each in posting.team)}
    return accounts.choices.people(accounts.people.has_role(Role.HR, Role.INTERVIEWER), User.id.not_in(there))


def contact(posting: Posting) -> User:
    """Whom applicants ask; where nobody of the posting is here any more, the longest-serving in HR."""
    return posting.contact or accounts.people.first(Role.HR)


def member(posting: Posting, id: int) -> HiringTeamMember:
    """One of the team, or 404."""
    found = next((each for each in posting.team if each.id == id), None)
    if found is None:
        abort(404)
    return found


def interviewers_first(posting: Posting, people: Sequence[tuple[User, Any]]) -> list[tuple[User, Any]]:
    """The same people, those of the posting's team ahead of the others."""
    team = set(
        db.session.scalars(
            sa.select(HiringTeamMember.user_id).where(HiringTeamMember.posting_id == posting.id)
        )
    )
    return sorted(people, key=lambda each: each[0].id not in team)
