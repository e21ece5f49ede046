"""People: the list, a person's page, inviting, changing, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import lists, operations, policies, queries
from rmhr.accounts.forms import LeaveForm, PersonForm, Places
from rmhr.accounts.views.blueprint import bp
from rmhr.accounts.views.employment import described
from rmhr.accounts.workflow import ROLE_REQUESTS
from rmhr.core import clock
from rmhr.core.due.calendar import NATIONWIDE, next_working_day
from rmhr.core.errors import NotPossible
from rmhr.core.files import pdf
from rmhr.core.flow.handing_over import Hung, hanging_on
from rmhr.core.flow.seen import require_seen
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext, language
from rmhr.models.accounts import EmploymentEvent, User
from rmhr.web.auth import me
from rmhr.web.back import with_query
from rmhr.web.choices import Choices
from rmhr.web.exports import add_export
from rmhr.web.forms import require_token
from rmhr.web.lists import add_list, read, suggest
from rmhr.web.successors import asking_successors, offer_successors, successors_of

#: What the form of a person has from the employment.
PLACE = ("unit_id", "job_title", "supervisor_id", "rm_type", "level", "started_on")


@bp.get("/people", access=policies.LIST_PEOPLE)
def people() -> ResponseReturnValue:
    """Everybody; supervisors who may not see everybody have their team instead."""
    if not policies.SEE_ALL(me()):
        return redirect(with_query(".team", request.args))
    if (suggested := suggest(lists.PEOPLE)) is not None:
        return suggested
    return render_template(
        "accounts/people.html",
        listing=read(lists.PEOPLE),
        may_invite=policies.INVITE(me()),
        may_units=policies.UNITS(me()),
    )


add_export(bp, lists.PEOPLE, "/people/export", access=policies.SEE_ALL)
add_list(bp, lists.TEAM, "/people/team", access=policies.SUPERVISOR)
add_export(bp, lists.TEAM, "/people/team/export", access=policies.SUPERVISOR)


@bp.get("/people/<int:id>", access=policies.STAFF)
def person(id: int) -> ResponseReturnValue:
    """One person: what other stages know about them, facts, history."""
    viewer = me()
    user, leads, invitation = queries.people.profile(viewer, id)
    events, asked = queries.employment.with_requests(user)
    may_edit = policies.EDIT(viewer, user)
    return render_template(
        "accounts/person.html",
        person=user,
        viewer=viewer,
        supervisor_url=_url_if_visible(user.employee.supervisor if user.employee else None),
        team=queries.people.team_of(user) if leads else [],
        invitation=invitation,
        may_edit=may_edit,
        unprintable=" ".join(pdf.missing(user.name)),
        blank=pdf.BLANK,
        events=described(events) if may_edit or viewer.id == user.id else [],
        left_over=_left_over(user, events) if may_edit else [],
        asked=[(each, moves) for each in asked if (moves := ROLE_REQUESTS.moves(viewer, each))],
        timeline=audit.timeline(user, *([user.employee] if user.employee else []), *events, *asked),
    )


def _left_over(user: User, events: Sequence[EmploymentEvent]) -> list[Hung]:
    """What has still to be handed over: of whoever left everything, else what a successor could not take."""
    if not user.is_active:
        return hanging_on(user)
    kinds = frozenset[str]().union(*(event.left for event in events))
    return [each for each in hanging_on(user) if each.kind.name in kinds] if kinds else []


def _next_day() -> date:
    """Today, or the next day on which people work."""
    return next_working_day(clock.today(), NATIONWIDE)


def _url_if_visible(user: User | None) -> str | None:
    return url_for(".person", id=user.id) if user and queries.people.may_see(me(), user) else None


@bp.route("/people/new", methods=["GET", "POST"], access=policies.INVITE)
def invite() -> ResponseReturnValue:
    """Invite a colleague who did not come by an application."""
    form = PersonForm.from_request(language=language(), started_on=_next_day())
    form.prepare(me(), _places(None))
    if form.ready():
        try:
            user = operations.people.invite(me(), None, **form.values())
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            flash(gettext("The invitation to %(email)s is on its way.", email=user.email), "good")
            _say_what_waits(user)
            return redirect(url_for(".person", id=user.id), 303)
    return render_template("accounts/invite.html", form=form, units=queries.units.is_there_any()), form.status


@bp.route("/people/<int:id>/edit", methods=["GET", "POST"], access=policies.INVITE)
def edit_person(id: int) -> ResponseReturnValue:
    """Correct who somebody is and what they may do; say where they work, from when, and who takes over from them."""
    user = queries.people.get(me(), id)
    policies.EDIT.require(me(), user)
    hung = hanging_on(user)
    places, successors = _places(user), successors_of(hung, queries.choices.successors(user))

    def prepare(made: PersonForm) -> None:
        made.prepare(me(), places, user)
        offer_successors(made, successors)

    employee = user.employee
    place = {name: getattr(employee, name) for name in PLACE} if employee else {}
    form = asking_successors(PersonForm, hung, _("Stays with %(name)s", name=user.name)).editing(
        user, prepare, **place, roles=sorted(user.roles), valid_from=_next_day()
    )
    if form.ready():
        try:
            operations.people.change(me(), user, **form.values())
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            flash(str(operations.people.change.done), "good")
            _say_what_waits(user)
            return redirect(url_for(".person", id=user.id), 303)
    page = render_template("accounts/edit_person.html", form=form, person=user, hung=hung)
    return page, form.status


def _places(user: User | None) -> Places:
    return Places(
        units=Choices("units", queries.choices.UNITS),
        supervisors=Choices("supervisors", queries.choices.supervisors(user)),
    )


def _say_what_waits(user: User) -> None:
    for each in queries.roles.all_waiting(user):
        flash(
            gettext("The role “%(role)s” is waiting for a second person to agree.", role=each.role.label),
            "info",
        )


@bp.post("/people/<int:id>/invitation", access=policies.INVITE)
def invite_again(id: int) -> ResponseReturnValue:
    """Send a new invitation to somebody who has not opened the account yet."""
    require_token()
    user = queries.people.get(me(), id)
    operations.access.invite_again(me(), user)
    flash(gettext("The invitation to %(email)s is on its way.", email=user.email), "good")
    return redirect(url_for(".person", id=id), 303)


@bp.post("/people/<int:id>/keep", access=policies.INVITE)
def keep(id: int) -> ResponseReturnValue:
    """Say that what a successor could not take over stays with the person."""
    require_token()
    user = queries.people.get(me(), id)
    require_seen(user, request.form.get("seen"))
    operations.employment.keep(me(), user)
    flash(str(operations.employment.keep.done), "good")
    return redirect(url_for(".person", id=id), 303)


@bp.route("/people/<int:id>/leave", methods=["GET", "POST"], access=policies.INVITE)
def leave(id: int) -> ResponseReturnValue:
    """Record the last day of somebody who leaves: all that hangs on them, and who takes it over on the day."""
    user = queries.people.get(me(), id)
    policies.EDIT.require(me(), user)
    hung = hanging_on(user)
    successors = successors_of(hung, queries.choices.successors(user))
    form = asking_successors(LeaveForm, hung, _("Nobody yet: HR is looking for somebody")).editing(
        user, lambda made: offer_successors(made, successors), on=user.left_on or _next_day()
    )
    if form.ready():
        try:
            operations.people.leave(me(), user, **form.values())
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            flash(str(operations.people.leave.done), "good")
            return redirect(url_for(".person", id=id), 303)
    return render_template("accounts/leave.html", form=form, person=user, hung=hung), form.status


@bp.post("/people/<int:id>/stay", access=policies.INVITE)
def stay(id: int) -> ResponseReturnValue:
    """Take back that somebody leaves. Raises Stale where another last day was recorded since the page was opened."""
    require_token()
    user = queries.people.get(me(), id)
    require_seen(user, request.form.get("seen"))
    operations.people.stay(me(), user)
    flash(str(operations.people.stay.done), "good")
    return redirect(url_for(".person", id=id), 303)
