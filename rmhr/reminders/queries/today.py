"""What Today shows: what one owes, and what one's team is late with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.core import clock, due
from rmhr.core.db import db
from rmhr.models.accounts import Employee, User

#: How far ahead Today looks, in days.
HORIZON = 30
#: How many of a team's late things are listed.
MOST_OF_TEAM = 20


def owed(person: User, everything: bool = False) -> list[due.Due]:
    """What this person owes within the horizon, soonest first; or all of it. One query."""
    return due.for_person(person.id, None if everything else clock.today() + timedelta(days=HORIZON))


def owed_beyond(person: User) -> int:
    """How many things this person owes after the horizon. One query."""
    return due.count_for(person.id, after=clock.today() + timedelta(days=HORIZON))


def waiting_for(person: User) -> int:
    """How many things are late or due today. One query."""
    return due.count_for(person.id, until=clock.today())


@dataclass(frozen=True)
class OfTeam:
    """Something that one of a supervisor's people is late with."""

    person: User
    due: due.Due


def late_in_team(supervisor: User) -> list[OfTeam]:
    """What the people of a supervisor's team are late with, the longest first. Two queries."""
    found = due.late_of(accounts.team_ids(supervisor), before=clock.today(), most=MOST_OF_TEAM)
    if not found:
        return []
    team = {person.id: person for person in accounts.team_of(supervisor)}
    return [OfTeam(team[each.owner_id], each) for each in found if each.owner_id in team]


def employment(person: User) -> Employee | None:
    """Where this person works, as what and under whom. One query."""
    return db.session.scalars(
        sa.select(Employee).where(Employee.user_id == person.id).options(joinedload(Employee.supervisor))
    ).one_or_none()


def week_end(day: date) -> date:
    """The Sunday of that week."""
    return day + timedelta(days=6 - day.weekday())
