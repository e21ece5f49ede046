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


def _called(*addresses: str) -> list[Values]:
    return [{"id": user.id} for each in addresses if (user := queries.people.by_email(each)) is not None]


def _open_accounts(_viewer: Any) -> list[Values]:
    """Somebody who works here, and somebody who is invited."""
    return _called("murat.yilmaz@bank.example", "jule.hansen@bank.example")


def _leader_and_led(_viewer: Any) -> list[Values]:
    return _called("tomas.lind@bank.example", "murat.yilmaz@bank.example")


def _unit(_viewer: Any) -> Values | None:
    return next(({"id": unit.id} for unit in queries.units.units()), None)


def _mail_to(viewer: User) -> Values | None:
    query = sa.select(Message).where(Message.user_id == viewer.id)
    return by_id(first(query.order_by(Message.id.desc())))


def _planned(_viewer: Any) -> Values | None:
    """A change of an employment that does not hold yet."""
    return by_id(queries.employment.some_planned(), name="cancel")


def _asked(_viewer: Any) -> Values | None:
    """A role that waits for a second person."""
    return by_id(queries.roles.some_waiting(), name="decline")


EXAMPLES: dict[str, Example] = {
    "accounts.password": lambda _viewer: {"token": OPEN_LINK},
    "accounts.person": _open_accounts,
    "accounts.edit_person": _somebody,
    "accounts.leave": _leader_and_led,
    "accounts.employment_transition": _planned,
    "accounts.role_transition": _asked,
    "accounts.message": _mail_to,
    "accounts.unit": _unit,
}
