"""The blueprint of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("today", __name__)
