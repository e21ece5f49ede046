"""Pages about interviews: list, record, planning, scorecard, decision, and the candidate's own."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.interviews.views import decisions, meetings, panels, planning, scorecards
from rmhr.interviews.views.blueprint import bp
from rmhr.interviews.views.own import bp as own_bp
from rmhr.models.accounts import Role
from rmhr.web.nav import Area

blueprints = [bp, own_bp]
NAV = [
    Area(
        label=_("Interviews"),
        endpoint="interviews.index",
        roles=(Role.HR, Role.INTERVIEWER),
        icon="chat-square-text",
        order=40,
    )
]
__all__ = ["NAV", "blueprints", "decisions", "meetings", "panels", "planning", "scorecards"]
