"""The one blueprint of this stage, and what its pages have in common."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint
from rmhr.web.forms import require_token
from rmhr.web.paths import came_from, own_path

__all__ = ["bp", "came_from", "own_path", "require_token"]

bp = Blueprint("accounts", __name__)
