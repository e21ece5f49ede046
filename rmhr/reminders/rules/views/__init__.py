"""The pages about rules: when who is reminded of what, changed, tried and stopped."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.reminders.rules.views import change, rules, simulator
from rmhr.reminders.rules.views.blueprint import bp
from rmhr.web.nav import Area

__all__ = ["NAV", "blueprints", "change", "rules", "simulator"]

blueprints = [bp]

NAV = [
    Area(
        label=_("Reminders"),
        endpoint="reminder_rules.index",
        roles=(Role.ADMIN, Role.HR, Role.COMPLIANCE),
        seldom=(Role.HR,),
        icon="bell",
        order=89,
        belongs=("reminder_rules",),
    ),
]
