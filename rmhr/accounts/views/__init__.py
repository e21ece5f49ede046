"""The pages of this stage: the door, one's own things, people, units."""

from __future__ import annotations

from rmhr.accounts.views import door, employment, inbox, own, people, saved, units
from rmhr.accounts.views.blueprint import bp
from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.web.nav import Area

__all__ = ["NAV", "bp", "door", "employment", "inbox", "own", "people", "saved", "units"]

_PEOPLE = (
    "accounts.people",
    "accounts.person",
    "accounts.invite",
    "accounts.edit_person",
    "accounts.leave",
    "accounts.employment_transition",
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
