"""Teams of twenty, a branch each: one leads, most are RMs, a few interview, some work for HR and compliance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import (
    AccessLink,
    Employee,
    LinkPurpose,
    RmLevel,
    RmType,
    Role,
    Unit,
    UnitKind,
    User,
    UserRole,
)
from tools.bench.seeds.names import PLACES, STREETS, person
from tools.bench.seeds.rows import FIRST, add, day, mixed, moment, stamped
from tools.bench.sizes import Size

TEAM, REGION = 20, 10
#: By the place in the team: who leads it, who are RMs, of those who guide others, who interviews.
LEADS, RMS, MENTORS, INTERVIEWERS, OFFICE = 0, range(1, 15), (13, 14), (14, 15), 19


@dataclass(frozen=True)
class Staff:
    """Who works at a bank of this size, by the numbers of their users: they follow from the size alone."""

    size: Size

    @cached_property
    def everybody(self) -> range:
        return range(FIRST, FIRST + self.size.people)

    @cached_property
    def rms(self) -> list[int]:
        return [user for user in self.everybody if _place(user) in RMS]

    @cached_property
    def hr(self) -> list[int]:
        return [user for user in self.everybody if Role.HR in _roles(user)]

    @cached_property
    def interviewers(self) -> list[int]:
        return [user for user in self.everybody if Role.INTERVIEWER in _roles(user)]

    def lead(self, user: int) -> int:
        """Who leads the team of this person, or that person."""
        return user - _place(user)

    def mentor(self, user: int) -> int:
        """The RM of the same team who guides this one: another person."""
        team = self.lead(user)
        other = next(team + place for place in MENTORS if team + place != user)
        return other if other in self.everybody else team

    def unit(self, user: int) -> int:
        """The branch of this person's team."""
        return FIRST + (user - FIRST) // TEAM

    @property
    def branches(self) -> int:
        return -(-self.size.people // TEAM)


def fill(size: Size) -> None:
    """Units, users, roles, employments, and invitations that were taken up long ago."""
    staff = Staff(size)
    add(Unit, _units(staff))
    add(User, (_user(id) for id in staff.everybody))
    add(UserRole, ({"user_id": id, "role": role} for id in staff.everybody for role in _roles(id)))
    add(Employee, (_employee(staff, id) for id in staff.everybody))
    add(AccessLink, (_invitation(id) for id in staff.everybody))


def started_on(user: int) -> date:
    """The first working day: within fourteen years, of every twelfth within the last five months."""
    if mixed(user, "new", 12) == 0:
        return day(-5 - mixed(user, "days", 150))
    return day(-200 - mixed(user, "years", 14 * 365))


def _place(user: int) -> int:
    return (user - FIRST) % TEAM


def _roles(user: int) -> list[Role]:
    team, place = divmod(user - FIRST, TEAM)
    if place == LEADS:
        return [Role.SUPERVISOR, Role.INTERVIEWER]
    if place == OFFICE:
        return [Role.COMPLIANCE] if team % 25 == 1 else [Role.HR] if team % 5 == 0 else []
    roles = [Role.RM] if place in RMS else []
    roles += [Role.MENTOR] if place in MENTORS else []
    return [*roles, Role.INTERVIEWER] if place in INTERVIEWERS else roles


def _units(staff: Staff) -> Iterator[dict[str, Any]]:
    """The branches first, in the order of the teams, then their regions: these are named before by their numbers."""
    bank = db.session.scalars(sa.select(Unit.id).where(Unit.kind == UnitKind.BANK)).one()
    regions = range(-(-staff.branches // REGION))
    long_ago = stamped(moment(day(-4_000)))
    for number in regions:
        yield {
            "id": FIRST + staff.branches + number,
            "name": f"Region {number + 1}",
            "kind": UnitKind.REGION,
            "parent_id": bank,
            "place": "",
            "street": "",
            "postcode": "",
            "holiday_region": PLACES[number % len(PLACES)][2],
            **long_ago,
        }
    for number in range(staff.branches):
        place, postcode, region = PLACES[number % len(PLACES)]
        street = STREETS[mixed(number, "street", len(STREETS))]
        yield {
            "id": FIRST + number,
            "name": f"{place}, {street} {number + 1}",
            "kind": UnitKind.BRANCH,
            "parent_id": FIRST + staff.branches + number // REGION,
            "place": place,
            "street": f"{street} {number + 1}",
            "postcode": postcode,
            "holiday_region": region,
            **long_ago,
        }


def _user(id: int) -> dict[str, Any]:
    return {
        "id": id,
        "email": f"colleague{id}@bank.example",
        "name": person(id),
        "language": ("de", "en")[mixed(id, "language", 2)],
        "password_hash": "",
        "session_key": f"{id:x}",
        **stamped(moment(started_on(id))),
    }


def _employee(staff: Staff, id: int) -> dict[str, Any]:
    is_rm = _place(id) in RMS
    return {
        "user_id": id,
        "unit_id": staff.unit(id),
        "supervisor_id": staff.lead(id) if staff.lead(id) != id else None,
        "job_title": "Relationship Manager"
        if is_rm
        else "Head of branch"
        if _place(id) == LEADS
        else "Back office",
        "rm_type": list(RmType)[mixed(id, "type", len(RmType))] if is_rm else None,
        "level": list(RmLevel)[mixed(id, "level", len(RmLevel))] if is_rm else None,
        "started_on": started_on(id),
        **stamped(moment(started_on(id))),
    }


def _invitation(id: int) -> dict[str, Any]:
    """Taken up on the first day."""
    sent = moment(started_on(id))
    return {
        "user_id": id,
        "purpose": LinkPurpose.INVITATION,
        "digest": f"taken up by {id}",
        "expires_at": sent + timedelta(days=7),
        "used_at": sent,
        "ask_on": started_on(id) + timedelta(days=7),
        "created_at": sent,
    }
