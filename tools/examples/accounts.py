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


def _people(viewer: Any) -> list[Values]:
    """A colleague, and somebody who was invited and has not come yet."""
    found = (_somebody(viewer), by_id(queries.people.by_email("jule.hansen@bank.example")))
    return [each for each in found if each]


def _unit(_viewer: Any) -> Values | None:
    return next(({"id": unit.id} for unit in queries.units.units()), None)


def _mail_to(viewer: User) -> Values | None:
    query = sa.select(Message).where(Message.user_id == viewer.id)
    return by_id(first(query.order_by(Message.id.desc())))


EXAMPLES: dict[str, Example] = {
    "accounts.password": lambda _viewer: {"token": OPEN_LINK},
    "accounts.person": _people,
    "accounts.edit_person": _somebody,
    "accounts.leave": _somebody,
    "accounts.message": _mail_to,
    "accounts.unit": _unit,
}
