"""The pages of this stage: goals and check-ins, the review desk, next steps."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.performance import search
from rmhr.performance.views import autosave, cycles, desk, goals, handing_over, items, panels, team
from rmhr.performance.views.blueprint import bp, development, reviews
from rmhr.performance.views.blueprint import team as team_bp
from rmhr.web.nav import Area

__all__ = [
    "EXAMPLES",
    "NAV",
    "autosave",
    "blueprints",
    "cycles",
    "desk",
    "goals",
    "handing_over",
    "items",
    "panels",
    "search",
    "team",
]

blueprints = [bp, reviews, development, team_bp]
BELONGS = ("performance", "performance_reviews", "performance_development")

NAV = [
    Area(
        label=_("My team"),
        endpoint="team.index",
        roles=(Role.SUPERVISOR,),
        icon="diagram-3",
        order=10,
        belongs=("team", "accounts.team"),
    ),
    Area(
        label=_("Goals"),
        endpoint="performance.goals",
        roles=(Role.RM,),
        unless=(Role.SUPERVISOR, Role.HR),
        icon="bullseye",
        order=50,
        tab=True,
        belongs=BELONGS,
    ),
    Area(
        label=_("Goals and reviews"),
        endpoint="performance.goals",
        roles=(Role.SUPERVISOR, Role.HR),
        seldom=(Role.HR,),
        icon="bullseye",
        order=75,
        belongs=BELONGS,
    ),
]
