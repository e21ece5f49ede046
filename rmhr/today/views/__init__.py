"""The pages of this stage: Today, what is done there with one click, the calendar feed."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.today.views import feed, things, today
from rmhr.today.views.blueprint import bp
from rmhr.web.nav import Area

__all__ = ["NAV", "blueprints", "feed", "things", "today"]

blueprints = [bp]

NAV = [
    Area(
        label=_("Today"),
        endpoint="today.index",
        roles=tuple(Role),
        icon="sun",
        order=1,
        tab=True,
        count=today.waiting,
        belongs=("today",),
    ),
]
