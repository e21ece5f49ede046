"""The blueprints of training."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("training", __name__, url_prefix="/training")
certificates = Blueprint("certificates", __name__, url_prefix="/certificates")
