"""The blueprints of this stage."""

from __future__ import annotations

from rmhr.web.blueprint import Blueprint

bp = Blueprint("postings", __name__, url_prefix="/postings")
question_sets = Blueprint("question_sets", __name__, url_prefix="/postings/question-sets")
