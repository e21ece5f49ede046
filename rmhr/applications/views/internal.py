"""Applying from inside: colleagues, signed in, without their supervisor learning of it; and their own page."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from rmhr.accounts import queries as accounts
from rmhr.applications import again, operations, queries
from rmhr.applications.forms import disclosures as disclosed
from rmhr.applications.forms.apply import ApplicationForm, form_for
from rmhr.applications.forms.parts import parts
from rmhr.applications.forms.questions import digest
from rmhr.applications.views import drafts, status
from rmhr.applications.views.apply import attached, files_of, keep, kept
from rmhr.core.errors import NotPossible
from rmhr.core.files import store
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import signed_in
from rmhr.duties.queries import bodies, texts
from rmhr.models.accounts import User
from rmhr.models.duties import TextKind
from rmhr.models.postings import Posting
from rmhr.postings import queries as postings
from rmhr.web.auth import me
from rmhr.web.blueprint import Blueprint
from rmhr.web.panels import Panel, Slot, panel

bp = Blueprint("internal", __name__)


class InternalForm(ApplicationForm):
    """What a colleague is asked besides; who they are, the account says."""

    supervisor = BooleanField(
        _("My supervisor may know of this application."),
        description=_(
            "You can do so later as well. Until then your supervisor and all higher "
            "supervisors do not see it."
        ),
    )


@bp.route("/jobs/<slug>/apply", methods=["GET", "POST"], access=signed_in)
def new(slug: str) -> ResponseReturnValue:
    """The form; sent, the application. Raises NotPossible while no privacy notice is in force."""
    posting = postings.postings.for_colleagues(slug, whole=True)
    known = queries.applicants.sent_by(posting, me())
    if known is not None and not again.steps_aside(known):
        flash(
            gettext("Your application for this position is already being read. This is what we have."), "info"
        )
        return redirect(url_for(".mine"))
    told = texts.in_force(TextKind.PRIVACY_NOTICE)
    if told is None:
        raise NotPossible(gettext("This position does not take applications just now."))
    form = form_for(posting, InternalForm).from_request(asked=digest(posting.questions), notice=str(told.id))
    form.notice_now = str(told.id)
    disclosed.without_body(form)
    supervisor = _supervisor(me())
    if supervisor is None:
        del form.supervisor
    if request.method == "POST":
        fine, sent = form.ready(), files_of(form, posting)
        if fine and not form.errors:
            operations.apply_from_inside(
                me(),
                posting,
                phone=form.phone.data or "",
                motivation=form.motivation.data,
                answers=form.answers(),
                attached=attached(form, sent),
                places=form["places"].data if "places" in form else (),
                cv=sent["cv"],
                privacy_text=told,
                disclosure=disclosed.told(form),
                supervisor_may_know=supervisor is None or bool(form.supervisor.data),
            )
            drafts.drop()
            flash(gettext("We have your application. Here you see its status."), "good")
            return redirect(url_for(".mine"))
        keep(slug, sent)
    files = kept(slug, form)
    page = render_template(
        "applications/apply/internal.html",
        posting=posting,
        form=form,
        drafts=files,
        parts=parts(form, files),
        person=me(),
        known=known,
        supervisor=supervisor,
        consent=texts.told(TextKind.SUPERVISOR_CONSENT) if supervisor else None,
        decides=_decides(posting, me()),
        allowed=store.CV,
        told=told,
        bodies=bodies.bodies(),
        invites=bodies.invites(posting),
    )
    return page, form.status


def _supervisor(person: User) -> User | None:
    return person.employee.supervisor if person.employee is not None else None


def _decides(posting: Posting, person: User) -> list[str]:
    """Who fills this position and leads this person, by name: they are left out until the person agrees."""
    above = accounts.people.supervisors_above(person.id)
    fill = {each.id: each.name for each in (posting.hiring_manager, posting.recruiter)}
    return [name for id, name in fill.items() if id in above]


@bp.get("/my-applications", access=signed_in)
def mine() -> ResponseReturnValue:
    """What I sent, where it stands, and what I can do with it: the page that applicants have behind their link."""
    applicant = queries.applicants.applicant_of(me())
    return status.page(applicant, queries.applications.own(applicant) if applicant else [], inside=True)


@panel(Slot.JOB_APPLY, order=10)
def way_to_apply(viewer: User, posting: Posting) -> Panel | None:
    """The button on the job's page, or that one has applied."""
    return Panel(
        "applications/apply/_inside.html",
        {"slug": posting.slug, "sent": queries.applicants.sent_by(posting, viewer) is not None},
    )


@panel(Slot.JOBS_VIEWS, order=10)
def way_to_mine(viewer: User, _subject: object) -> Panel | None:
    """The way to one's own applications, beside the list of jobs, once there are any."""
    return (
        Panel("applications/apply/_mine.html")
        if queries.applicants.applicant_of(viewer) is not None
        else None
    )
