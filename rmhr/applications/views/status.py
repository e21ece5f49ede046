"""The applicant's own page, behind a private link: where it stands, what comes next, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from rmhr.applications import answers, disclosures, links, operations, progress, queries
from rmhr.applications.forms import disclosures as disclosed
from rmhr.applications.workflow import FLOW
from rmhr.core.errors import NotPossible
from rmhr.core.flow.workflow import Move
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import PRIVATE_LINK, anyone
from rmhr.core.words import day_long
from rmhr.duties.queries import bodies, texts
from rmhr.models.applications import Applicant, Application, ApplicationStatus, AttemptKind
from rmhr.models.duties import TextKind
from rmhr.web import attempts, auth, downloads
from rmhr.web.auth import LINK, me_as_applicant
from rmhr.web.back import own_path
from rmhr.web.blueprint import Blueprint
from rmhr.web.edits import ConfirmForm
from rmhr.web.forms import Form, TextField, TransitionForm
from rmhr.web.transitions import Question, add_transition_route

bp = Blueprint("status", __name__, url_prefix="/careers/my-application")


class AskForm(Form):
    """Whose link is wanted."""

    email = TextField(_("E-mail"), validators=[InputRequired(_("Enter your e-mail address."))])


@bp.route("/link", methods=["GET", "POST"], access=anyone)
def ask() -> ResponseReturnValue:
    """Ask for a new link. The answer is the same for every address."""
    wait = 0
    if request.method == "POST":
        wait = attempts.note(AttemptKind.LINK, request.remote_addr or "", request.form.get("email", ""))
    form = AskForm.from_request()
    if not wait and form.ready():
        operations.ask_for_link(form.email.data)
        return redirect(url_for("status.asked"))
    page = render_template(
        "applications/status/ask.html", form=form, wait=attempts.waiting(wait) if wait else ""
    )
    return (page, 429, attempts.later(wait)) if wait else (page, form.status)


@bp.get("/link/sent", access=anyone)
def asked() -> ResponseReturnValue:
    """What follows, whoever asked."""
    return render_template("applications/status/asked.html")


@bp.route("/<token>", methods=["GET", "POST"], access=anyone, endpoint="open")
def follow(token: str) -> ResponseReturnValue:
    """Open one's page with a private link: by a button, so that programs which look at links in mails use up none.

    A link that was used offers to mail a new one. Its secret does not stay in the address.
    """
    link = links.known(token)
    if link is None:
        flash(
            gettext("This link is no longer valid. Ask for a new one; it arrives within a minute."),
            "warning",
        )
        return redirect(url_for("status.ask"))
    there = own_path(request.args.get("next"), url_for("status.show"))
    good, here = links.opens(link), auth.applicant()
    if not good and here is not None and here.id == link.applicant_id:
        return _kept_secret(redirect(there))  # it is open already
    if request.method == "POST" and TransitionForm.from_request().ready():
        used = links.use(token)
        if used is not None:
            session[LINK] = used.id
            return _kept_secret(redirect(there, 303))
        good = False
    page = render_template("applications/status/open.html", good=good, token=token)
    return _kept_secret(make_response(page, 200 if good else 410))


@bp.post("/<token>/new", access=anyone)
def again(token: str) -> ResponseReturnValue:
    """Mail a new link to whom this one was mailed."""
    if not TransitionForm.from_request().ready():
        abort(400)
    link = links.known(token)
    if link is None:
        abort(404)
    email = link.applicant.email
    if wait := attempts.note(AttemptKind.LINK, request.remote_addr or "", email):
        page = render_template(
            "applications/status/ask.html", form=AskForm.from_request(), wait=attempts.waiting(wait)
        )
        return page, 429, attempts.later(wait)
    operations.ask_for_link(email)
    return redirect(url_for("status.asked"), 303)


def _kept_secret(answer: Any) -> Response:
    """The answer, from which no address with a secret is told to whatever is opened next."""
    made = make_response(answer)
    made.headers["Referrer-Policy"] = "no-referrer"
    return made


@bp.get("", access=PRIVATE_LINK)
def show() -> ResponseReturnValue:
    """All my applications. Colleagues have them among their own pages."""
    if LINK not in session:
        return redirect(url_for("internal.mine"))
    return page(me_as_applicant(), queries.applications.own(me_as_applicant()))


def page(applicant: Applicant | None, mine: Sequence[Application], *, inside: bool = False) -> str:
    """The applications of one person as they read them; `inside`: in the frame of colleagues."""
    return render_template(
        "applications/status/show.html",
        applicant=applicant,
        mine=mine,
        inside=inside,
        stations={it.id: progress.stations(it) for it in mine},
        state={it.id: progress.public_state(it) for it in mine},
        sent={it.id: answers.read(it, _attached) for it in mine},
        said={it.id: progress.said(it, day_long) for it in mine},
        moves={it.id: _moves(applicant, it, mine) for it in mine},
    )


def _moves(applicant: Applicant | None, application: Application, mine: Sequence[Application]) -> list[Move]:
    """What its applicant can do with it: what cannot be done now is not shown."""
    twice = any(
        each.posting_id == application.posting_id and each.status is ApplicationStatus.REPLACED
        for each in mine
    )
    moves = FLOW.moves(applicant, application, but=() if twice else {"set_aside"})
    return [move for move in moves if move.blocked is None]


@bp.route("/<int:id>/supervisor", methods=["GET", "POST"], access=PRIVATE_LINK)
def agree(id: int) -> ResponseReturnValue:
    """Agree that the own supervisor learns of it, after a question."""
    application = queries.applications.get_own(me_as_applicant(), id)
    if application.supervisor_may_know:
        return redirect(url_for("status.show"))
    told = texts.told(TextKind.SUPERVISOR_CONSENT)
    read = str(told.version.id) if told.version is not None else told.kind.value
    form = TransitionForm.from_request(seen=read)
    # Nobody agrees to a text that has come into force since they read another.
    changed = form.seen.data not in ("", read)
    if changed or not form.ready():
        form.seen.data = read
        page = render_template(
            "applications/status/agree.html", it=application, form=form, told=told, changed=changed
        )
        return page, 409 if changed else form.status
    operations.let_supervisor_know(me_as_applicant(), application)
    flash(str(operations.let_supervisor_know.done), "good")
    return redirect(url_for("status.show"))


@bp.route("/<int:id>/supervisor/withdraw", methods=["GET", "POST"], access=PRIVATE_LINK)
def keep_from_supervisor(id: int) -> ResponseReturnValue:
    """Withdraw that for the future, after a question."""
    application = queries.applications.get_own(me_as_applicant(), id)
    if not operations.may_keep_from_supervisor(application):
        return redirect(url_for("status.show"))
    form = TransitionForm.from_request()
    if not form.ready():
        return render_template("applications/status/keep.html", it=application, form=form), form.status
    operations.keep_from_supervisor(me_as_applicant(), application)
    flash(str(operations.keep_from_supervisor.done), "good")
    return redirect(url_for("status.show"))


@bp.route("/<int:id>/disability", methods=["GET", "POST"], access=PRIVATE_LINK)
def disclose(id: int) -> ResponseReturnValue:
    """Tell of a severe disability or equal status, or change what was told.

    Raises NotPossible for what is sent once the application is over.
    """
    application = queries.applications.get_own(me_as_applicant(), id)
    if application.closed_at is not None:
        if request.method == "POST":
            raise NotPossible(
                gettext("This application is over."), url=url_for("status.show"), verb=_("Back")
            )
        return redirect(url_for("status.show"))
    said = queries.disclosures.standing(application)
    form = disclosed.OwnDisclosureForm.about(queries.disclosures.as_it_stands(application))
    if not form.ready():
        page = render_template(
            "applications/status/disability.html",
            it=application,
            form=form,
            said=said,
            bodies=bodies.bodies(),
            invites=bodies.invites(application.posting),
        )
        return page, form.status
    disclosures.disclose(me_as_applicant(), application, **(disclosed.told(form) or abort(400)))
    flash(gettext("Thank you. We have stored it and told those whom law names."), "good")
    return redirect(url_for("status.show"))


@bp.route("/<int:id>/disability/take-back", methods=["GET", "POST"], access=PRIVATE_LINK)
def take_back(id: int) -> ResponseReturnValue:
    """Take back what was told, after a question."""
    application = queries.applications.get_own(me_as_applicant(), id)
    said = queries.disclosures.standing(application)
    if said is None:
        return redirect(url_for("status.show"))
    form = ConfirmForm.editing(said)
    if not form.ready():
        page = render_template("applications/status/take_back.html", it=application, said=said, form=form)
        return page, form.status
    disclosures.take_back(me_as_applicant(), application)
    flash(gettext("What you told us about it is deleted."), "good")
    return redirect(url_for("status.show"))


add_transition_route(
    bp,
    FLOW,
    queries.applications.get_own,
    PRIVATE_LINK,
    about=lambda it: it.posting.title,
    back=lambda _it: url_for("status.show"),
    only=("withdraw", "come_back", "set_aside"),
    questions={
        name: Question(template="applications/status/move.html")
        for name in ("withdraw", "come_back", "set_aside")
    },
)


@bp.get("/<int:id>/cv", access=PRIVATE_LINK)
def document(id: int) -> ResponseReturnValue:
    """The CV as I sent it."""
    return downloads.send(queries.applications.get_own(me_as_applicant(), id).cv)


@bp.get("/<int:id>/answers/<int:answer>", access=PRIVATE_LINK)
def attached(id: int, answer: int) -> ResponseReturnValue:
    """A file that I sent with an answer."""
    return downloads.send(
        queries.applications.attached(queries.applications.get_own(me_as_applicant(), id), answer)
    )


def _attached(answer: Any) -> str:
    return url_for("status.attached", id=answer.application_id, answer=answer.id)


@bp.post("/close", access=anyone)
def close() -> ResponseReturnValue:
    """Close the page, also for whoever has a copy of its cookie."""
    if not TransitionForm.from_request().ready():
        abort(400)
    link = auth.visit()
    if link is not None:
        links.end_visit(link)
    session.pop(LINK, None)
    flash(gettext("Your private page is closed. A new link opens it again."), "good")
    return redirect(url_for("status.ask"))
