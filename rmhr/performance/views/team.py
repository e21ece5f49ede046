"""The people whom somebody leads, and how they stand."""

from __future__ import annotations

from rmhr.accounts.policies import SUPERVISOR
from rmhr.performance import lists
from rmhr.performance.views.blueprint import team
from rmhr.web.exports import add_export
from rmhr.web.lists import add_list

add_list(team, lists.TEAM, "/team", access=SUPERVISOR)
add_export(team, lists.TEAM, "/team/export", access=SUPERVISOR)
