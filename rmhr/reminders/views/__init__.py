"""The pages of this stage: how one is reminded, who is away. Rules have pages of their own."""

from __future__ import annotations

from rmhr.reminders.rules import views as rule_pages
from rmhr.reminders.views import absence, panels, preferences
from rmhr.reminders.views.blueprint import bp

__all__ = ["NAV", "absence", "blueprints", "panels", "preferences"]

blueprints = [bp, *rule_pages.blueprints]
NAV = rule_pages.NAV
