"""What the picture tool opens of people, units and the inbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.accounts import queries
from rmhr.demo.accounts import OPEN_LINK, SIGN_INS


def _somebody(_viewer: Any = None) -> dict[str, Any] | None:
    user = queries.people.by_email("murat.yilmaz@bank.example")
    return {"id": user.id} if user else None


def _leader(_viewer: Any = None) -> dict[str, Any] | None:
    user = queries.people.by_email("tomas.lind@bank.example")
    return {"id": user.id} if user else None


def _invited(_viewer: Any = None) -> dict[str, Any] | None:
    user = queries.people.by_email("jule.hansen@bank.example")
    return {"id": user.id} if user else None


def _some_unit(_viewer: Any = None) -> dict[str, Any] | None:
    found = queries.units.units()
    return {"id": found[0].id} if found else None


def _mail_to(viewer: Any = None) -> list[dict[str, Any]]:
    people = [viewer] if viewer else [queries.people.by_email(each.email) for each in SIGN_INS]
    mails = [queries.inbox.newest(user) for user in people if user]
    return [{"id": id} for id in mails if id][:1]


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
    "accounts.unit": _some_unit,
}
