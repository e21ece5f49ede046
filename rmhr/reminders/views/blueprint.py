"""The blueprint of preferences and absence."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("reminders", __name__)
