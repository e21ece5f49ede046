"""What the picture tool opens of people, units and the inbox."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts import queries
from rmhr.demo.accounts import OPEN_LINK
from rmhr.models.accounts import User
from rmhr.models.system import Message
from tools.examples import Example, Values, by_id, first


def _somebody(_viewer: Any) -> Values | None:
    return by_id(queries.people.by_email("murat.yilmaz@bank.example"))


def _leader(_viewer: Any = None) -> dict[str, Any] | None:
    user = queries.people.by_email("tomas.lind@bank.example")
    return {"id": user.id} if user else None


def _invited(_viewer: Any = None) -> dict[str, Any] | None:
    user = queries.people.by_email("jule.hansen@bank.example")
    return {"id": user.id} if user else None


def _unit(_viewer: Any) -> Values | None:
    return next(({"id": unit.id} for unit in queries.units.units()), None)


def _mail_to(viewer: User) -> Values | None:
    query = sa.select(Message).where(Message.user_id == viewer.id)
    return by_id(first(query.order_by(Message.id.desc())))


def _planned(_viewer: Any = None) -> dict[str, Any] | None:
    found = queries.employment.some_planned()
    return {"id": found.id, "name": "cancel"} if found else None


#: What the picture tool opens.
EXAMPLES: dict[str, Callable[..., Any]] = {
    "accounts.password": lambda _viewer=None: {"token": OPEN_LINK},
    "accounts.person": lambda viewer=None: [each for each in (_somebody(viewer), _invited(viewer)) if each],
    "accounts.edit_person": _somebody,
    "accounts.leave": lambda _viewer=None: [each for each in (_leader(), _somebody()) if each],
    "accounts.employment_transition": _planned,
    "accounts.message": _mail_to,
    "accounts.unit": _unit,
}
