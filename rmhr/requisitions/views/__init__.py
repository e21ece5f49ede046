"""The pages of this stage: requisitions and the headcount plan."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.requisitions import policies
from rmhr.requisitions.views import headcount, requisitions
from rmhr.requisitions.views.blueprint import bp
from rmhr.requisitions.views.blueprint import headcount as headcount_pages
from rmhr.web.tabs import Row, add_tab

__all__ = ["blueprints", "headcount", "requisitions"]

blueprints = [bp, headcount_pages]

add_tab(Row.RECRUITING, _("Requisitions"), "requisitions.index", order=20, shown=policies.REQUEST)
add_tab(Row.RECRUITING, _("Headcount plan"), "headcount.index", order=30, shown=policies.REQUEST)
