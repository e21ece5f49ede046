"""The blueprints of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

duties = Blueprint("duties", __name__, url_prefix="/admin/bank")
texts = Blueprint("texts", __name__, url_prefix="/admin/texts")
papers = Blueprint("papers", __name__, url_prefix="/admin/papers")
