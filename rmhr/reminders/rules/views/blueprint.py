"""The blueprint of the pages about rules."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("reminder_rules", __name__, url_prefix="/admin/reminders")
