"""Applications as colleagues work on them: the list, the record, the screening page."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.applications import (
    answers,
    bulk,
    lists,
    operations,
    passages,
    policies,
    progress,
    queries,
    sources,
    stages,
)
from rmhr.applications.workflow import FLOW
from rmhr.core.history.audit import timeline
from rmhr.models.applications import Application, Verdict
from rmhr.web import downloads
from rmhr.web.auth import me
from rmhr.web.blueprint import Blueprint
from rmhr.web.bulk import add_bulk_page
from rmhr.web.exports import add_export
from rmhr.web.forms import TransitionForm
from rmhr.web.lists import add_list, matching
from rmhr.web.transitions import Question, add_transition_route

bp = Blueprint("applications", __name__, url_prefix="/applications")

add_list(bp, lists.APPLICATIONS, "/", access=policies.BROWSE)
add_export(bp, lists.APPLICATIONS, "/export", access=policies.BROWSE)


@bp.get("/<int:id>", access=policies.OPEN)
def show(id: int) -> ResponseReturnValue:
    """The record of one application."""
    it = queries.applications.record(me(), id)
    return render_template(
        "applications/show.html",
        it=it,
        # The bench starts the screening by itself, with the first verdict.
        moves=[move for move in FLOW.moves(me(), it) if move.transition.name != "screen"],
        may_screen=policies.DECIDE(me()) and it.status in stages.TO_SCREEN,
        contact=policies.SEE(me(), it),
        answers=answers.read(it, _attached),
        came_by=sources.said(it),
        step=progress.next_step(it),
        musts=progress.musts_met(it),
        others=queries.applications.others_of(me(), it) if policies.DECIDE(me()) else [],
        entries=timeline(it, it.cv, *it.pay_notices, *it.marks),
        viewer=me(),
    )


@bp.get("/<int:id>/cv", access=policies.OPEN)
def document(id: int) -> ResponseReturnValue:
    """The CV as it was sent: to be saved, or looked at where that is safe (?look=1)."""
    return downloads.send(queries.applications.get(me(), id).cv, inline=bool(request.args.get("look")))


@bp.get("/<int:id>/answers/<int:answer>", access=policies.OPEN)
def attached(id: int, answer: int) -> ResponseReturnValue:
    """A file that a question asked for, as it was sent."""
    return downloads.send(
        queries.applications.attached(queries.applications.get(me(), id), answer),
        inline=bool(request.args.get("look")),
    )


def _attached(answer: Any) -> str:
    return url_for("applications.attached", id=answer.application_id, answer=answer.id)


@bp.route("/<int:id>/screening", methods=["GET", "POST"], access=policies.DECIDE)
def screening(id: int) -> ResponseReturnValue:
    """The screening page: what the posting asks for beside the CV; verdicts are saved with one form."""
    it = queries.applications.record(me(), id)
    form = TransitionForm.from_request(seen=it.status.value)
    if form.ready():
        operations.judge(me(), it, verdicts=_verdicts(it))
        if request.accept_mimetypes.best == "application/json":
            return "", 204
        flash(str(operations.judge.done), "good")
        return redirect(url_for("applications.screening", id=id))
    waiting = list(queries.applications.to_screen(me()))
    place = waiting.index(id) if id in waiting else None
    criteria = progress.by_weight(it.posting_version)
    found = passages.find(it.cv.text, [list(c.text.values()) for c in criteria])
    page = render_template(
        "applications/screening.html",
        it=it,
        form=form,
        moves=[move for move in FLOW.moves(me(), it) if move.transition.name != "screen"],
        found=found,
        criteria=criteria,
        marks={mark.criterion_id: mark for mark in it.marks},
        verdicts=list(Verdict),
        answers=answers.read(it, _attached),
        judged=progress.left_to_judge(it),
        open_for_verdicts=it.status in stages.TO_SCREEN,
        position=None if place is None else place + 1,
        total=len(waiting),
        back=None if not place else waiting[place - 1],
        ahead=None if place is None or place + 1 >= len(waiting) else waiting[place + 1],
        entries=timeline(it, it.cv, *it.marks),
    )
    return page, form.status


def _verdicts(it: Application) -> dict[int, tuple[Verdict, str]]:
    """What was chosen on the bench, by criterion; what is no verdict is left out."""
    chosen = {}
    for criterion in it.posting_version.criteria:
        value = request.form.get(f"verdict-{criterion.id}", "")
        if value in {verdict.value for verdict in Verdict}:
            evidence = request.form.get(f"evidence-{criterion.id}", "").replace("\x00", "").strip()
            chosen[criterion.id] = (Verdict(value), evidence[:2000])
    return chosen


add_transition_route(
    bp,
    FLOW,
    queries.applications.get,
    policies.DECIDE,
    about=lambda it: it.applicant.name,
    questions={"reject": Question(template="applications/reject.html", shows_mail=True)},
)


add_bulk_page(
    bp,
    (bulk.SHORTLIST, bulk.REJECT, bulk.REOPEN),
    policies.DECIDE,
    matching=lambda most: matching(lists.APPLICATIONS, most),
)
