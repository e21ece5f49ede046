"""The blueprint of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("rulebook", __name__, url_prefix="/admin/rules-of-law")
