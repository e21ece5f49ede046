"""A part of a review is kept while it is written."""

from __future__ import annotations

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.models.performance import Side
from rmhr.performance import operations, policies
from rmhr.performance.forms.reviews import RatingForm, TextForm
from rmhr.performance.views.blueprint import bp
from rmhr.performance.views.loading import load, number, rating_of, text_of
from rmhr.performance.views.parts import Desk
from rmhr.web.auth import me
from rmhr.web.autosave import autosaved


@bp.post("/reviews/<int:id>/draft", access=policies.WRITE)
def draft(id: int) -> ResponseReturnValue:
    """Keep what is being written, every few seconds; see rmhr/web/autosave.py for the answers."""
    desk = load(id)
    if not (desk.sight.writes or _handed_in(desk)):
        abort(404)
    over = None if desk.sight.writes else url_for(".review", id=id)
    if request.args.get("part") == "competencies" and over is None:
        competency = desk.competencies[number(desk) - 1]
        rated = RatingForm.editing(rating_of(desk, competency))

        def rate() -> None:
            rated._thing = operations.reviews.save_rating(
                me(), desk.review, competency_id=competency.id, **rated.values()
            )

        return autosaved(rated, rate)
    form = TextForm.editing(text_of(desk, desk.side))
    return autosaved(form, lambda: operations.reviews.save_text(me(), desk.review, **form.values()), over)


def _handed_in(desk: Desk) -> bool:
    at = {Side.SELF: desk.review.self_handed_in_at, Side.SUPERVISOR: desk.review.supervisor_handed_in_at}
    return desk.sight.side is not None and at[desk.sight.side] is not None
