"""Where the pages of this stage hang."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("reminders", __name__)
