"""Applications as colleagues work on them: the list, the record, the screening page."""

from __future__ import annotations

from typing import Any

from flask import flash, g, get_template_attribute, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.applications import (
    answers,
    bulk,
    hints,
    lists,
    operations,
    policies,
    progress,
    queries,
    sources,
    stages,
)
from rmhr.applications.forms.screening import verdicts_form
from rmhr.applications.workflow import FLOW
from rmhr.core.flow.workflow import Move
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import gettext
from rmhr.models.accounts import User
from rmhr.models.applications import Application, Verdict
from rmhr.web import downloads
from rmhr.web.auth import me
from rmhr.web.autosave import autosaved
from rmhr.web.back import here, own_path
from rmhr.web.blueprint import Blueprint
from rmhr.web.bulk import add_bulk_page
from rmhr.web.exports import add_export
from rmhr.web.forms import require_token
from rmhr.web.lists import add_list, matching, place_in
from rmhr.web.panels import Panel, Slot, panel
from rmhr.web.sensitive import sensitive, shown
from rmhr.web.transitions import Question, add_transition_route

bp = Blueprint("applications", __name__, url_prefix="/applications")

add_list(bp, lists.APPLICATIONS, "/", access=policies.BROWSE)
add_export(bp, lists.APPLICATIONS, "/export", access=policies.BROWSE)


@bp.get("/<int:id>", access=policies.OPEN)
def show(id: int) -> ResponseReturnValue:
    """The record of one application."""
    it = _record(id)
    other = queries.applicants.beside(it)
    same_address = queries.applications.others_of(me(), it) if policies.DECIDE(me()) else []
    said = queries.disclosures.seen_by(me(), it)
    return render_template(
        "applications/show.html",
        it=it,
        moves=_moves(it, other),
        other=other,
        hints=hints.of(it, same_address) if policies.DECIDE(me()) else [],
        may_screen=policies.DECIDE(me()) and it.status in stages.TO_SCREEN,
        contact=policies.SEE(me(), it),
        written=_written(it),
        came_by=sources.said(it),
        step=progress.next_step(it),
        musts=progress.musts_met(it),
        row=place_in(lists.APPLICATIONS, id),
        others=same_address,
        entries=timeline(it, it.cv, *it.pay_notices, *it.marks, *([said, *said.steps] if said else [])),
        sees_disclosure=policies.SEE_DISCLOSURE(me(), it),
        said=said,
        lines=queries.disclosures.lines(said) if said else [],
        must_invite=queries.disclosures.must_be_invited(it) if said else False,
        may_involve=policies.INVOLVE(me()),
        viewer=me(),
    )


def _record(id: int) -> Application:
    """The application with everything that a page shows of it, and what its parts would ask again."""
    it, g.opened = queries.applications.record(me(), id)
    return it


@panel(Slot.APPLICATION_CV, order=10)
def cv_of(viewer: User, application: Application) -> Panel:
    """The CV: its text, or the file itself for whoever has opened that today; what a browser cannot show, as text."""
    opened = g.opened if "opened" in g else queries.applications.original_opened(viewer, application)
    framed = downloads.shows(application.cv)
    wants_text = request.args.get("cv") == "text" and application.cv.text
    return Panel(
        "applications/_cv.html",
        {
            "application": application,
            "opened": opened,
            "framed": framed,
            "as_file": opened and framed and not wants_text,
            "file_url": f"{here(cv=None)}#cv",
            "text_url": f"{here(cv='text')}#cv",
            "blocks": queries.readings.blocks(application),
            "hides": queries.readings.hides(application),
        },
    )


def _moves(it: Application, other: Application | None) -> list[Move]:
    """What can be done with it: the bench starts the screening by itself, and to choose there must be two forms."""
    return FLOW.moves(me(), it, but={"screen"} if other is not None else {"screen", "set_aside"})


@bp.get("/<int:id>/cv", access=policies.OPEN)
def document(id: int) -> ResponseReturnValue:
    """The CV as it was sent: to be saved, or looked at where that is safe (?look=1).

    It is sent to whoever has opened it today and stands in the history with it; anybody else is asked first.
    """
    it = queries.applications.get(me(), id)
    if not queries.applications.original_opened(me(), it):
        return render_template("applications/original.html", it=it)
    return downloads.send(it.cv, inline=bool(request.args.get("look")), framed=True)


@bp.post("/<int:id>/cv", access=policies.OPEN)
def original(id: int) -> ResponseReturnValue:
    """Open the file with all that the masked text leaves out; the history says who did.

    `back` is the page that shows it; without one the file itself follows.
    """
    require_token()
    it = queries.applications.get(me(), id)
    operations.open_original(me(), it)
    file = url_for("applications.document", id=id, look=1)
    return redirect(own_path(request.form.get("back"), file), 303)


@bp.get("/<int:id>/answers/<int:answer>", access=policies.OPEN)
@sensitive
def attached(id: int, answer: int) -> ResponseReturnValue:
    """A file that a question asked for, as it was sent."""
    it = queries.applications.get(me(), id)
    document = queries.applications.attached(it, answer)
    shown(it)
    return downloads.send(document, inline=bool(request.args.get("look")))


def _written(it: Application) -> answers.Written:
    return answers.written(it, _attached, g.opened)


def _attached(answer: Any) -> str:
    return url_for("applications.attached", id=answer.application_id, answer=answer.id)


@bp.route("/<int:id>/screening", methods=["GET", "POST"], access=policies.DECIDE)
def screening(id: int) -> ResponseReturnValue:
    """The screening page: what the posting asks for beside the CV; verdicts are saved with one form."""
    it = _record(id)
    form = verdicts_form(it)
    if request.method == "POST" and request.accept_mimetypes.best == "application/json":
        over = None if it.status in stages.TO_SCREEN else url_for("applications.show", id=id)
        return autosaved(
            form, lambda: operations.judge(me(), it, verdicts=form.verdicts()), over, lambda: _follows(it)
        )
    if form.ready():
        operations.judge(me(), it, verdicts=form.verdicts())
        flash(str(operations.judge.done), "good")
        return redirect(url_for("applications.screening", id=id))
    waiting = list(queries.applications.to_screen(me()))
    place = waiting.index(id) if id in waiting else None
    criteria = progress.by_weight(it.posting_version)
    other = queries.applicants.beside(it)
    page = render_template(
        "applications/screening.html",
        it=it,
        form=form,
        moves=_moves(it, other),
        other=other,
        found=queries.readings.passages(it, criteria),
        blocks=queries.readings.blocks(it, criteria),
        criteria=criteria,
        marks={mark.criterion_id: mark for mark in it.marks},
        verdicts=list(Verdict),
        written=_written(it),
        judged=progress.left_to_judge(it),
        open_for_verdicts=it.status in stages.TO_SCREEN,
        position=None if place is None else place + 1,
        total=len(waiting),
        back=None if not place else waiting[place - 1],
        ahead=None if place is None or place + 1 >= len(waiting) else waiting[place + 1],
        entries=timeline(it, it.cv, *it.marks),
        viewer=me(),
    )
    return page, form.status


def _follows(it: Application) -> dict[str, str]:
    """What a verdict changes on the bench at once: what can be done now, and how much is judged."""
    moves = get_template_attribute("components/moves.html", "moves")
    pill = get_template_attribute("components/status.html", "pill")
    return {
        "moves": moves(it, _moves(it, queries.applicants.beside(it)), "applications"),
        "judged": progress.left_to_judge(it),
        "status": pill(it.status),
    }


def _mail_at_once(it: Application) -> dict[str, Any]:
    """What is sent without a question in between is shown before."""
    return {
        "mail": [each for each in FLOW.rehearse(me(), it, "shortlist") if each.outside],
        "submit": gettext("Shortlist and send the mail"),
    }


add_transition_route(
    bp,
    FLOW,
    queries.applications.get,
    policies.DECIDE,
    about=lambda it: it.name,
    questions={
        "reject": Question(template="applications/reject.html", shows_mail=True),
        "reopen": Question(template="tells.html", shows_mail=True),
        "resume": Question(template="tells.html", shows_mail=True),
        "set_aside": Question(template="tells.html", shows_mail=True),
        "shortlist": Question(template="tells.html", context=_mail_at_once),
    },
)


add_bulk_page(
    bp,
    (bulk.SHORTLIST, bulk.REJECT, bulk.REOPEN),
    policies.DECIDE,
    matching=lambda most: matching(lists.APPLICATIONS, most),
)
