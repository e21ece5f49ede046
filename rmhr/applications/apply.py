"""Applying, without an account: the form, what comes after it, the privacy notice."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from rmhr.applications import drafts, operations, queries
from rmhr.applications.apply_form import ApplyForm, form_for, stamp
from rmhr.applications.notifications import KEPT_MONTHS
from rmhr.core import attempts, files
from rmhr.core.errors import NotPossible
from rmhr.core.files import NotAcceptable, Upload
from rmhr.core.i18n import gettext, language
from rmhr.core.policy import anyone
from rmhr.models.applications import AttemptKind
from rmhr.models.postings import Posting
from rmhr.postings import queries as postings
from rmhr.web import auth
from rmhr.web.blueprint import Blueprint

bp = Blueprint("apply", __name__, url_prefix="/careers")

#: Which notice people agree to, and since when it reads like that.
PRIVACY_VERSION, PRIVACY_SINCE = "1", date(2026, 11, 1)
#: Which posting was applied to in this session: its page of thanks may say so.
SENT = "applied_to"


@bp.route("/<slug>/apply", methods=["GET", "POST"], access=anyone)
def new(slug: str) -> ResponseReturnValue:
    """The form; sent, the application."""
    in_time = request.method != "POST" or attempts.note(AttemptKind.APPLY, request.remote_addr or "")
    posting = postings.to_apply_for(slug)
    if not operations.takes_applications(posting):
        return render_template("apply/closed.html", posting=posting), 410
    holder = auth.applicant()
    known = queries.sent_to(posting, holder) if holder else None
    form = form_for(posting).from_request(opened=stamp())
    if request.method == "POST" and in_time:
        if holder and known and form.email.data.strip().lower() == holder.email:
            flash(gettext("You have applied for this position already. This is what we have."), "info")
            return redirect(url_for("status.show"))
        fine = form.ready()
        cv = _cv(form, posting)
        if fine and cv:
            problem = _send(posting, form, cv)
            if problem is None:
                return redirect(url_for("apply.sent", slug=slug))
            flash(problem, "bad")
        if cv:
            drafts.keep(slug, cv)
    page = render_template(
        "apply/new.html",
        posting=posting,
        form=form,
        draft=drafts.find(slug),
        too_many=not in_time,
        known=known,
        allowed=files.CV,
        version=PRIVACY_VERSION,
        since=PRIVACY_SINCE,
    )
    return page, form.status if in_time else 429


def _cv(form: ApplyForm, posting: Posting) -> Upload | None:
    """The file that was sent now, else the one that was kept; what is wrong with it is beside the field."""
    sent, draft = form.cv.data, drafts.find(posting.slug)
    try:
        if sent is not None and sent.filename:
            return files.accept(sent)
        if draft is not None:
            return drafts.take(draft)
    except NotAcceptable as error:
        form.refuse("cv", error)
        return None
    form.refuse("cv", gettext("Choose the file with your CV."))
    return None


def _send(posting: Posting, form: ApplyForm, cv: Upload) -> str | None:
    """Hand it in; a sentence where that was not possible."""
    try:
        operations.receive(
            posting,
            email=form.email.data,
            name=form.name.data,
            phone=form.phone.data or "",
            language=language(),
            motivation=form.motivation.data,
            answers=form.answers(),
            places=form["places"].data if "places" in form else (),
            cv=cv,
            privacy_version=PRIVACY_VERSION,
        )
    except NotPossible as error:
        return str(error)
    drafts.drop()
    session[SENT] = posting.slug
    return None


@bp.get("/<slug>/apply/sent", access=anyone)
def sent(slug: str) -> ResponseReturnValue:
    """Thanks, and what happens next. Says the same to everybody, whether the address was known or not."""
    posting = postings.by_slug(slug)
    return render_template("apply/sent.html", posting=posting, by=operations.screen_by(posting))


@bp.get("/privacy", access=anyone)
def privacy() -> ResponseReturnValue:
    """The privacy notice."""
    return render_template(
        "apply/privacy.html", version=PRIVACY_VERSION, since=PRIVACY_SINCE, months=KEPT_MONTHS
    )


def example(_viewer: Any = None) -> dict[str, Any] | None:
    """An open posting of the demo bank."""
    posting = queries.example_posting()
    return {"slug": posting.slug} if posting else None


EXAMPLES = {"apply.new": example, "apply.sent": example}
