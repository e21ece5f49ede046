"""People, their employments and their units."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rmhr.accounts import operations, queries
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import EmploymentEvent, EmploymentKind, Role, Unit, UnitKind, User
from tests.factories.accounts import employee, role_request, unit, user
from tests.factories.accounts import unit as make_unit
from tests.kinds import Edit, NextStep, Opened, Pair, Twice


def _sent(person: User) -> dict[str, Any]:
    it = person.employee
    assert it is not None
    assert it.rm_type is not None
    assert it.level is not None
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "roles": [role.value for role in person.roles],
        "unit_id": it.unit_id,
        "supervisor_id": it.supervisor_id,
        "rm_type": it.rm_type.value,
        "level": it.level.value,
        "started_on": it.started_on.isoformat(),
        "valid_from": clock.today().isoformat(),
        "job_title": "What I typed",
    }


def _person() -> Opened:
    hr, rm = user(Role.HR), employee(job_title="At first").user

    def meanwhile() -> None:
        operations.employment.change_place(hr, rm, job_title="Theirs")

    return Opened(
        rm,
        user(Role.HR),
        f"/people/{rm.id}/edit",
        _sent(rm),
        meanwhile,
        lambda: rm.employee and rm.employee.job_title,
        "Theirs",
    )


def _last_day() -> Opened:
    hr, rm = user(Role.HR), employee().user
    sent = {"on": (clock.today() + timedelta(days=30)).isoformat()}

    def meanwhile() -> None:
        operations.people.leave(hr, rm, on=clock.today() + timedelta(days=60))

    theirs = (clock.today() + timedelta(days=60)).isoformat()
    return Opened(rm, user(Role.HR), f"/people/{rm.id}/leave", sent, meanwhile, lambda: rm.left_on, theirs)


def _unit() -> Opened:
    hr, it = user(Role.HR), unit(name="At first")
    facts: dict[str, Any] = {
        "kind": UnitKind.BRANCH,
        "place": "Kiel",
        "holiday_region": "DE-SH",
        "parent_id": None,
    }

    def meanwhile() -> None:
        operations.units.change_unit(hr, it, name="Their branch", **facts)

    sent = {"name": "What I typed", "kind": "branch", "place": "Kiel", "holiday_region": "DE-SH"}
    return Opened(it, user(Role.HR), f"/units/{it.id}", sent, meanwhile, lambda: it.name, "Their branch")


EDITS = [
    Edit("accounts.edit_person", _person),
    Edit("accounts.leave", _last_day),
    Edit("accounts.unit", _unit),
]

NO_EDIT = {
    "accounts.delete_view": "one click on one's own view",
    "accounts.employment_transition": "cancels what was seen: it carries the version as every transition",
    "accounts.end_session": "one click; what is ended already is not there any more",
    "accounts.invite_again": "one click that sends a new link",
    "accounts.mark_read": "one click on one's own message",
    "accounts.mark_unread": "one click on one's own message",
    "accounts.password": "a link that is good for one password",
    "accounts.role_transition": "an answer, given once; it carries the version as every transition",
    "accounts.keep": "one click that carries the version; refused where nothing is owed any more",
    "accounts.stay": "one click that carries the version; refused where another day was recorded since",
}


def _planned() -> EmploymentEvent:
    rm = employee().user
    event = operations.employment.change_place(
        user(Role.HR), rm, on=clock.today() + timedelta(days=10), job_title="Senior"
    )
    assert event is not None
    return event


NEXT_STEPS = [NextStep("employment", "planned", _planned), NextStep("role_requests", "asked", role_request)]


def _invited() -> Twice:
    hr, other = user(Role.HR), user(Role.HR)
    it = make_unit()
    sent = {
        "name": "Lena Brandt",
        "email": "lena.brandt@bank.example",
        "language": "de",
        "roles": ["rm"],
        "unit_id": it.id,
        "job_title": "",
        "supervisor_id": "",
        "rm_type": "personal",
        "level": "junior",
        "started_on": clock.today().isoformat(),
    }
    return Twice(
        (hr, "/people/new", sent),
        (other, "/people/new", sent),
        lambda: int(queries.people.by_email("lena.brandt@bank.example") is not None),
    )


def _added() -> Twice:
    hr, other, above = user(Role.HR), user(Role.HR), make_unit()
    sent = {"name": "New branch", "kind": "branch", "parent_id": above.id, "holiday_region": "DE-HH"}
    return Twice(
        (hr, "/units/new", sent),
        (other, "/units/new", sent),
        lambda: db.session.query(Unit).filter_by(name="New branch").count(),
    )


def _added_at_the_top() -> Twice:
    twice = _added()
    who, address, sent = twice.first
    sent = {**sent, "parent_id": "", "name": "Another bank"}
    return Twice(
        (who, address, sent),
        (twice.second[0], address, sent),
        lambda: db.session.query(Unit).filter_by(name="Another bank").count(),
    )


def _leaves_twice() -> Twice:
    hr, other, rm = user(Role.HR), user(Role.HR), employee().user
    sent = {"on": (clock.today() + timedelta(days=30)).isoformat(), "seen": seen_of(rm)}
    return Twice(
        (hr, f"/people/{rm.id}/leave", sent),
        (other, f"/people/{rm.id}/leave", sent),
        lambda id=rm.id: (
            db.session.query(EmploymentEvent)
            .filter_by(user_id=id, kind=EmploymentKind.LEAVES, status="planned")
            .count()
        ),
    )


PAIRS = [
    Pair("accounts.invite", _invited),
    Pair("accounts.add_unit", _added),
    Pair("accounts.add_unit", _added_at_the_top),
    Pair("accounts.leave", _leaves_twice),
]
