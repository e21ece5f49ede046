"""Applying, without an account: the form, what comes after it, the privacy notice."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from rmhr.applications import again, operations, queries
from rmhr.applications.forms import disclosures as disclosed
from rmhr.applications.forms.apply import ApplicationForm, ApplyForm, form_for, number_of, stamp
from rmhr.applications.forms.parts import parts
from rmhr.applications.forms.questions import digest
from rmhr.applications.sources import PARAMETER
from rmhr.applications.views import drafts
from rmhr.core.errors import NotPossible
from rmhr.core.files import store
from rmhr.core.files.store import NotAcceptable, Upload
from rmhr.core.folding import same_address
from rmhr.core.i18n import gettext, language
from rmhr.core.policy import anyone
from rmhr.duties.queries import bodies, texts
from rmhr.models.applications import AttemptKind
from rmhr.models.duties import BankText, TextKind
from rmhr.models.postings import Posting
from rmhr.postings import queries as postings
from rmhr.web import attempts, auth
from rmhr.web.blueprint import Blueprint

bp = Blueprint("apply", __name__, url_prefix="/careers")

#: Which posting was applied to in this session: its page of thanks may say so.
SENT = "applied_to"


@bp.route("/<slug>/apply", methods=["GET", "POST"], access=anyone)
def new(slug: str) -> ResponseReturnValue:
    """The form; sent, the application."""
    sends = request.method == "POST"
    wait = (
        attempts.note(AttemptKind.APPLY, request.remote_addr or "", request.form.get("email", ""))
        if sends
        else 0
    )
    posting = postings.postings.to_apply_for(slug)
    told = texts.in_force(TextKind.PRIVACY_NOTICE)
    if told is None or not operations.takes_applications(posting):
        return render_template(
            "applications/apply/closed.html", posting=posting
        ), 409 if posting.is_paused or told is None else 410
    holder = auth.applicant()
    known = queries.applicants.alive(posting, holder) if holder else None
    read = known is not None and not again.steps_aside(known)
    form = form_for(posting, ApplyForm).from_request(
        opened=stamp(),
        asked=digest(posting.questions),
        notice=str(told.id),
        via=request.args.get(PARAMETER, ""),
    )
    form.notice_now = str(told.id)
    disclosed.without_body(form)
    if sends and not wait:
        if holder and read and same_address(form.email.data) == holder.email:
            flash(
                gettext(
                    "Your application is already being read, so nothing in it was changed. This is what we have."
                ),
                "info",
            )
            return redirect(url_for("status.show"))
        fine, sent = form.ready(), files_of(form, posting)
        if fine and not form.errors:
            problem = _send(posting, form, sent, told)
            if problem is None:
                return redirect(url_for("apply.sent", slug=slug))
            flash(problem, "bad")
        keep(slug, sent)
    files = kept(slug, form)
    page = render_template(
        "applications/apply/new.html",
        posting=posting,
        form=form,
        drafts=files,
        parts=parts(form, files),
        wait=attempts.waiting(wait) if wait else "",
        known=known,
        read=read,
        allowed=store.CV,
        told=told,
        bodies=bodies.bodies(),
        invites=bodies.invites(posting),
    )
    return (page, 429, attempts.later(wait)) if wait else (page, form.status)


def files_of(form: ApplicationForm, posting: Posting) -> dict[str, Upload]:
    """The files that were sent, by the field that asks for them; what is wrong with one is beside its field."""
    unwanted = set(request.form.getlist("leave_out"))
    asked = [(form.cv, gettext("Choose the file with your CV."))]
    asked += [(field, "" if field.flags.optional else gettext("Choose a file.")) for field in form.files()]
    found = {}
    for field, missing in asked:
        if not missing and field.short_name in unwanted:
            drafts.leave_out(posting.slug, field.short_name)
        if upload := _file(form, field.short_name, posting, missing):
            found[field.short_name] = upload
    return found


def _file(form: ApplicationForm, field: str, posting: Posting, missing: str) -> Upload | None:
    """The file that was sent now, else the one that was kept. `missing` is said where there must be one."""
    sent, draft = form[field].data, drafts.find(posting.slug, field)
    try:
        if isinstance(sent, FileStorage) and sent.filename:
            return store.accept(sent)
        if draft is not None:
            return drafts.take(draft)
    except NotAcceptable as error:
        form.refuse(field, error)
        return None
    if missing:
        form.refuse(field, missing)
    return None


def keep(slug: str, sent: Mapping[str, Upload]) -> None:
    """Files that were sent with a form that could not be taken: they need not be chosen again."""
    for field, upload in sent.items():
        drafts.keep(slug, field, upload)


def kept(slug: str, form: ApplicationForm) -> dict[str, drafts.Draft | None]:
    """By the field that asks for it: the file that is here already."""
    return {field.short_name: drafts.find(slug, field.short_name) for field in (form.cv, *form.files())}


def attached(form: ApplicationForm, sent: Mapping[str, Upload]) -> dict[int, Upload]:
    """{question id: file} of what the posting's questions asked for."""
    return {number_of(field): sent[field.short_name] for field in form.files() if field.short_name in sent}


def _send(posting: Posting, form: ApplyForm, sent: Mapping[str, Upload], told: BankText) -> str | None:
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
            attached=attached(form, sent),
            places=form["places"].data if "places" in form else (),
            cv=sent["cv"],
            privacy_text=told,
            disclosure=disclosed.told(form),
            via=form.via.data or "",
        )
    except NotPossible as error:
        return str(error)
    drafts.drop()
    session[SENT] = posting.slug
    return None


@bp.get("/<slug>/apply/sent", access=anyone)
def sent(slug: str) -> ResponseReturnValue:
    """Thanks, and what happens next. Says the same to everybody, whether the address was known or not."""
    posting = postings.postings.by_slug(slug)
    return render_template("applications/apply/sent.html", posting=posting, by=operations.screen_by(posting))


@bp.get("/privacy", access=anyone)
def privacy() -> ResponseReturnValue:
    """The privacy notice that is in force."""
    return render_template("applications/apply/privacy.html", told=texts.told(TextKind.PRIVACY_NOTICE))
