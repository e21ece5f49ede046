"""The pages of this stage: signing in, one's own things, people, units."""

from __future__ import annotations

from rmhr.accounts.views import employment, inbox, own, people, roles, saved, sign_in, units
from rmhr.accounts.views.blueprint import bp
from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.web.nav import Area, add_place

__all__ = ["NAV", "bp", "employment", "inbox", "own", "people", "roles", "saved", "sign_in", "units"]

_PEOPLE = (
    "accounts.people",
    "accounts.person",
    "accounts.invite",
    "accounts.edit_person",
    "accounts.leave",
    "accounts.employment_transition",
    "accounts.role_transition",
    "accounts.units",
    "accounts.add_unit",
    "accounts.unit",
)
NAV = [
    Area(
        label=_("People"),
        endpoint="accounts.people",
        roles=(Role.HR, Role.ADMIN, Role.COMPLIANCE),
        seldom=(Role.HR,),
        icon="people",
        order=81,
        belongs=_PEOPLE,
    ),
]

add_place("accounts.profile", _("Your profile"), _("Name, address, language, and how the pages look"))
add_place("accounts.own_password", _("Password"), _("Choose a new password for your account"))
add_place("accounts.sessions", _("Where I am signed in"), _("Manage devices and sessions"))
add_place("accounts.units", _("Units"), _("Regions, branches and teams of the bank"))
