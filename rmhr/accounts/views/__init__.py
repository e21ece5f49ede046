"""The pages of this stage: the door, one's own things, people, units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.accounts import queries
from rmhr.accounts.views import door, inbox, own, people, saved, units
from rmhr.accounts.views.blueprint import bp
from rmhr.core.i18n import _
from rmhr.demo.accounts import OPEN_LINK
from rmhr.models.accounts import Role
from rmhr.web.nav import Area

__all__ = ["EXAMPLES", "NAV", "bp", "door", "inbox", "own", "people", "saved", "units"]

_PEOPLE = (
    "accounts.people",
    "accounts.person",
    "accounts.invite",
    "accounts.edit_person",
    "accounts.leave",
    "accounts.units",
    "accounts.add_unit",
    "accounts.unit",
)
NAV = [
    Area(
        label=_("My team"),
        endpoint="accounts.team",
        roles=(Role.SUPERVISOR,),
        icon="diagram-3",
        order=80,
        belongs=("accounts.team",),
    ),
    Area(
        label=_("People"),
        endpoint="accounts.people",
        roles=(Role.HR, Role.ADMIN, Role.COMPLIANCE),
        icon="people",
        order=81,
        belongs=_PEOPLE,
    ),
]


def _somebody(_viewer: Any = None) -> dict[str, Any] | None:
    user = queries.people.by_email("murat.yilmaz@bank.example")
    return {"id": user.id} if user else None


def _invited(_viewer: Any = None) -> dict[str, Any] | None:
    user = queries.people.by_email("jule.hansen@bank.example")
    return {"id": user.id} if user else None


def _some_unit(_viewer: Any = None) -> dict[str, Any] | None:
    found = queries.units.units()
    return {"id": found[0].id} if found else None


def _mail_to(viewer: Any = None) -> list[dict[str, Any]]:
    from rmhr.demo.accounts import SIGN_INS

    people = [viewer] if viewer else [queries.people.by_email(each.email) for each in SIGN_INS]
    mails = [queries.inbox.newest(user) for user in people if user]
    return [{"id": id} for id in mails if id][:1]


#: What the picture tool opens.
EXAMPLES: dict[str, Callable[..., Any]] = {
    "accounts.password": lambda _viewer=None: {"token": OPEN_LINK},
    "accounts.person": lambda viewer=None: [each for each in (_somebody(viewer), _invited(viewer)) if each],
    "accounts.edit_person": _somebody,
    "accounts.leave": _somebody,
    "accounts.message": _mail_to,
    "accounts.unit": _some_unit,
}
