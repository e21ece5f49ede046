"""The page of a posting's versions."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.postings import changes, policies, queries
from rmhr.postings.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.tabs import Row, tabs_of


@bp.get("/<int:id>/versions", access=policies.SEE)
def versions(id: int) -> ResponseReturnValue:
    """What people applied to, and what changed from one version to the next."""
    posting = queries.postings.get(me(), id)
    policies.RECRUIT.require(me(), posting)
    return render_template(
        "postings/versions.html",
        posting=posting,
        siblings=tabs_of(Row.POSTING, me(), "postings.versions", posting),
        steps=changes.history(posting),
        applied=queries.versions.applied_to_each(me(), posting),
    )
