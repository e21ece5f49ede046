"""The page of a posting's versions."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.postings import changes, policies, queries
from rmhr.postings.views.blueprint import bp
from rmhr.postings.views.tabs import tabs
from rmhr.web.auth import me


@bp.get("/<int:id>/versions", access=policies.SEE)
def versions(id: int) -> ResponseReturnValue:
    """What people applied to, and what changed from one version to the next."""
    posting = queries.get(me(), id)
    policies.RECRUIT.require(me(), posting)
    return render_template(
        "postings/versions.html",
        posting=posting,
        siblings=tabs(me(), posting, "postings.versions"),
        steps=changes.history(posting),
        applied=queries.applied_to_each(posting),
    )
