"""The pages of this stage: how one is reminded, who is away. Rules have pages of their own."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.reminders.rules import views as rule_pages
from rmhr.reminders.views import absence, panels, preferences
from rmhr.reminders.views.blueprint import bp
from rmhr.web.nav import add_place

__all__ = ["NAV", "absence", "blueprints", "panels", "preferences"]

blueprints = [bp, *rule_pages.blueprints]
NAV = rule_pages.NAV

add_place(
    "reminders.preferences", _("Reminders"), _("What you are told, when, and your calendar in other programs")
)
add_place("reminders.absence", _("Absence"), _("Holidays and other days away, and who stands in"))
