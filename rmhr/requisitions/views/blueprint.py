"""The blueprints of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("requisitions", __name__, url_prefix="/requisitions")
headcount = Blueprint("headcount", __name__, url_prefix="/requisitions/headcount")
