"""Severely disabled applicants: what HR writes down, and the letter that tells a decision with its reasons."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.applications import disclosures, policies, queries
from rmhr.applications.forms import disclosures as forms
from rmhr.core import bank
from rmhr.core.errors import NotPossible
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.mail.outbox import Said
from rmhr.models.applications import Application, Party, StepKind
from rmhr.models.duties import Answer
from rmhr.web.auth import me
from rmhr.web.blueprint import Blueprint
from rmhr.web.edits import ConfirmForm

bp = Blueprint("disclosures", __name__, url_prefix="/applications/<int:id>/disability")


def _home(id: int) -> str:
    return url_for("applications.show", id=id) + "#disability"


@bp.route("", methods=["GET", "POST"], access=policies.INVOLVE)
def note(id: int) -> ResponseReturnValue:
    """Write down what the applicant has told of themselves outside the form. The bodies are told at once.

    Raises NotPossible once the application is over.
    """
    it = queries.applications.get(me(), id)
    if it.closed_at is not None:
        raise NotPossible(gettext("This application is over."))
    said = queries.disclosures.standing(it)
    form = forms.NotedDisclosureForm.about(queries.disclosures.as_it_stands(it))
    if form.ready():
        disclosures.disclose(me(), it, source=form.source.data, **(forms.told(form) or abort(400)))
        flash(str(disclosures.disclose.done), "good")
        return redirect(_home(id))
    page = render_template("applications/disclosures/note.html", it=it, form=form, said=said, back=_home(id))
    return page, form.status


@bp.route("/take-back", methods=["GET", "POST"], access=policies.INVOLVE)
def take_back(id: int) -> ResponseReturnValue:
    """Forget what was told, where the applicant asks for it or it was written down by mistake."""
    it = queries.applications.get(me(), id)
    said = queries.disclosures.standing(it)
    if said is None:
        return redirect(_home(id))
    form = ConfirmForm.editing(said)
    if form.ready():
        disclosures.take_back(me(), it)
        flash(str(disclosures.take_back.done), "good")
        return redirect(_home(id))
    page = render_template(
        "applications/disclosures/take_back.html", it=it, said=said, form=form, back=_home(id)
    )
    return page, form.status


@bp.route(
    "/<any(told, heard, decision):kind>/<any(representative, works_council, applicant):party>",
    methods=["GET", "POST"],
    access=policies.INVOLVE,
)
def step(id: int, kind: str, party: str) -> ResponseReturnValue:
    """Write down that somebody was told or heard: on which day, how, and what was said."""
    it = queries.applications.get(me(), id)
    said = queries.disclosures.get(me(), it)
    what, whom = StepKind(kind), Party(party)
    if (what, whom) not in {(each.kind, each.party) for each in queries.disclosures.lines(said)}:
        abort(404)
    form = forms.StepForm.from_request().of(what)
    if form.ready():
        opinion = form.opinion.data if "opinion" in form else None
        disclosures.write_down(
            me(), it, kind=what, party=whom, day=form.day.data, how=form.how.data, opinion=opinion
        )
        flash(str(disclosures.write_down.done), "good")
        return redirect(_home(id))
    page = render_template(
        "applications/disclosures/step.html", it=it, form=form, kind=what, party=whom, back=_home(id)
    )
    return page, form.status


@bp.route("/invitation", methods=["GET", "POST"], access=policies.INVOLVE)
def uninvited(id: int) -> ResponseReturnValue:
    """Record why a public employer need not invite this person.

    Raises NotPossible for what is sent once nobody has to be invited any more, as where somebody else has recorded it.
    """
    it = queries.applications.get(me(), id)
    said = queries.disclosures.get(me(), it)
    if not queries.disclosures.must_be_invited(it):
        if request.method == "POST":
            raise NotPossible(
                gettext("Nobody has to be invited here."), url=_home(id), verb=_("To the application")
            )
        return redirect(_home(id))
    form = forms.UninvitedForm.editing(said)
    if form.ready():
        disclosures.leave_uninvited(me(), it, why=form.why.data, evidence=form.evidence.data)
        flash(str(disclosures.leave_uninvited.done), "good")
        return redirect(_home(id))
    page = render_template("applications/disclosures/uninvited.html", it=it, form=form, back=_home(id))
    return page, form.status


@bp.route("/decision", methods=["GET", "POST"], access=policies.INVOLVE)
def decision(id: int) -> ResponseReturnValue:
    """The letter that tells a decision with its reasons: written, looked at, sent, kept.

    Raises NotPossible for what is sent once everybody has been told, or nobody is left who can be written to.
    """
    it = queries.applications.get(me(), id)
    said = queries.disclosures.get(me(), it)
    if it.rejection_reason is None:
        return redirect(_home(id))
    left = queries.disclosures.still_to_know(said)
    unwritten = [each for each in left if not _can_be_written_to(it, each)]
    written = [each for each in left if each not in unwritten]
    if request.method == "POST" and not written:
        why_not = (
            gettext(
                "No e-mail address is known of whoever has to know still. Tell them otherwise and write that down."
            )
            if unwritten
            else gettext("Everybody concerned knows of the decision.")
        )
        raise NotPossible(why_not, url=_home(id), verb=_("To the application"))
    form = forms.TellDecisionForm.from_request(parties=written)
    form.offer(written)
    sends = form.ready()
    if sends and not request.form.get("look"):
        disclosures.tell_decision(me(), it, reasons=form.reasons.data, parties=form.parties.data)
        flash(str(disclosures.tell_decision.done), "good")
        return redirect(_home(id))
    duties = bank.duties()
    page = render_template(
        "applications/disclosures/decision.html",
        it=it,
        said=said,
        form=form,
        mail=_mails(it, form) if sends else [],
        written=written,
        unwritten=unwritten,
        explains=queries.disclosures.must_explain(said),
        quota=duties.quota if duties is not None else Answer.OPEN,
        represented=queries.disclosures.body(said, Party.REPRESENTATIVE) is not None,
        back=_home(id),
    )
    return page, form.status


def _can_be_written_to(it: Application, party: Party) -> bool:
    body = queries.disclosures.body(it.disclosure, party) if it.disclosure is not None else None
    return party is Party.APPLICANT or bool(body and body.email)


def _mails(it: Application, form: forms.TellDecisionForm) -> list[Said]:
    """What would be sent. Nothing of it stays."""
    with outbox.rehearsal() as mails:
        disclosures.tell_decision(me(), it, reasons=form.reasons.data, parties=form.parties.data)
    return mails
