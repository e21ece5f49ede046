"""A part of a review is kept while it is written."""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.flow.seen import seen_of
from rmhr.models.performance import Side
from rmhr.performance import operations, policies, queries
from rmhr.performance.forms.reviews import RatingForm, TextForm
from rmhr.performance.views.blueprint import bp
from rmhr.performance.views.desk import load, number
from rmhr.performance.views.parts import Desk
from rmhr.web.auth import me
from rmhr.web.edits import EditForm


@bp.post("/reviews/<int:id>/draft", access=policies.WRITE)
def draft(id: int) -> ResponseReturnValue:
    """Keep what is being written, every few seconds.

    Answers {"seen"} where it is kept; 409 with {"stale", "seen", "stored"} where the same part was saved elsewhere, and
    with {"over", "url"} where it has been handed in.
    """
    desk = load(id)
    if not desk.sight.writes:
        if not _handed_in(desk):
            abort(404)
        return jsonify(over=True, url=url_for(".review", id=id)), 409
    if request.args.get("part") == "competencies":
        competency = desk.competencies[number(desk) - 1]
        known = queries.reviews.ratings(desk.review, desk.side).get(competency.id)
        form: Any = RatingForm.editing(known)
        if form.ready():
            known = operations.reviews.save_rating(
                me(), desk.review, competency_id=competency.id, **form.values()
            )
        return _kept(
            form, known, level=known.level if known else None, evidence=known.evidence if known else ""
        )
    written = queries.reviews.text_of(desk.review, desk.side)
    form = TextForm.editing(written)
    if form.ready():
        written = operations.reviews.save_text(me(), desk.review, **form.values())
    return _kept(form, written, text=written.text if written else "")


def _handed_in(desk: Desk) -> bool:
    at = {Side.SELF: desk.review.self_handed_in_at, Side.SUPERVISOR: desk.review.supervisor_handed_in_at}
    return desk.sight.side is not None and at[desk.sight.side] is not None


def _kept(form: EditForm, thing: Any, **stored: Any) -> ResponseReturnValue:
    """What the script learns: the version that is stored now, and, where somebody was faster, what is in it."""
    if form.overtaken:
        return jsonify(stale=True, seen=seen_of(thing), stored=stored), 409
    if form.errors:
        return jsonify(errors=form.errors), 422
    return jsonify(seen=seen_of(thing))
