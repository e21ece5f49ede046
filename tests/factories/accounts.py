"""People and units for tests."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.digests import digest
from rmhr.models.accounts import (
    Employee,
    RmLevel,
    RmType,
    Role,
    RoleRequest,
    SignIn,
    Unit,
    UnitKind,
    User,
    UserRole,
)
from rmhr.web.auth import SIGNED_IN
from tests.support.days import REGION

from . import numbers, save, together


def user(*roles: Role, **given: Any) -> User:
    """A person with these roles (RM if none is given)."""
    n = next(numbers)
    defaults: dict[str, Any] = {
        "name": f"Person {n}",
        "email": f"person{n}@bank.example",
        "language": "en",
        "session_key": secrets.token_urlsafe(8),
        "role_rows": [UserRole(role=role) for role in roles or (Role.RM,)],
    }
    return save(User(**defaults | given))


def role_request(**given: Any) -> RoleRequest:
    """Compliance, asked for somebody; it waits for a second person."""
    if "user_id" not in given:
        given["user_id"] = user(Role.INTERVIEWER).id
    if "asked_by_id" not in given:
        given["asked_by_id"] = user(Role.HR).id
    return save(RoleRequest(**{"role": Role.COMPLIANCE} | given))


def signed_in(user: User, **given: Any) -> dict[str, Any]:
    """What the cookie of a session of this person carries."""
    secret = secrets.token_urlsafe(16)
    defaults = {
        "user_id": user.id,
        "digest": digest(secret),
        "place": "x",
        "device": "Firefox, Linux",
    }
    save(SignIn(**defaults | given))
    return {"_user_id": user.get_id(), "_fresh": True, SIGNED_IN: secret}


def unit(**given: Any) -> Unit:
    """A branch in Hamburg."""
    n = next(numbers)
    defaults = {"name": f"Branch {n}", "kind": UnitKind.BRANCH, "place": "Hamburg", "holiday_region": REGION}
    return save(Unit(**defaults | given))


def started(days_ago: int = 10) -> date:
    """A first working day that many days ago."""
    return clock.today() - timedelta(days=days_ago)


@together
def employee(**given: Any) -> Employee:
    """An RM for private clients with a supervisor and a branch."""
    if "user" not in given:
        given["user"] = user()
    if "unit" not in given:
        given["unit"] = unit()
    if "supervisor" not in given:
        given["supervisor"] = user(Role.SUPERVISOR)
    supervisor = given.pop("supervisor")
    # By number: User.employee would reach into the session before the row does.
    db.session.flush()
    given["user_id"] = given.pop("user").id
    defaults: dict[str, Any] = {
        "rm_type": RmType.PERSONAL,
        "level": RmLevel.JUNIOR,
        "job_title": "Relationship Manager",
        "started_on": started(),
        "supervisor_id": supervisor.id if supervisor else None,
    }
    return save(Employee(**defaults | given))
