"""The whole history, for compliance and administrators: searched, narrowed, taken home."""

from __future__ import annotations

from rmhr.system import lists
from rmhr.system.policies import AUDIT
from rmhr.system.views.blueprint import history as bp
from rmhr.web.exports import add_export
from rmhr.web.lists import add_list

add_list(bp, lists.history.HISTORY, "/history", access=AUDIT, is_sensitive=True)
add_export(bp, lists.history.HISTORY, "/history/export", access=AUDIT)
