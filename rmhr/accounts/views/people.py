"""People: the list, a person's page, inviting, changing, leaving."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import operations, policies, queries
from rmhr.accounts.forms import LeaveForm, PersonForm
from rmhr.accounts.views.blueprint import bp
from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext, language
from rmhr.core.mail import bounces
from rmhr.models.accounts import User
from rmhr.web.auth import me
from rmhr.web.forms import require_token
from rmhr.web.sheets import send_csv


@bp.get("/people", access=policies.LIST_PEOPLE)
def people() -> ResponseReturnValue:
    """Everybody; supervisors who may not see everybody have their team instead."""
    if not policies.SEE_ALL(me()):
        values: dict[str, Any] = request.args.to_dict()
        return redirect(url_for(".team", **values))
    return _list(only_team=False)


@bp.get("/people/team", access=policies.SUPERVISOR)
def team() -> ResponseReturnValue:
    """The people who report to one."""
    return _list(only_team=True)


def _list(only_team: bool) -> ResponseReturnValue:
    viewer = me()
    listing = queries.people.people_list(viewer, only_team=only_team, left=_leavers_too())
    return render_template(
        "accounts/people.html",
        listing=listing,
        only_team=only_team,
        bounced=bounces.of(user.email for user in listing.rows),
        may_invite=policies.INVITE(viewer),
        may_units=policies.UNITS(viewer),
    )


def _leavers_too() -> bool:
    return request.args.get("state") == "left"


@bp.get("/people.csv", access=policies.LIST_PEOPLE)
def people_csv() -> ResponseReturnValue:
    """The same list as a file."""
    viewer = me()
    only_team = request.args.get("team") == "1" or not policies.SEE_ALL(viewer)
    listing = queries.people.people_list(viewer, only_team=only_team, left=_leavers_too(), whole=True)
    head = (
        _("Name"),
        _("E-mail"),
        _("Roles"),
        _("Unit"),
        _("Job title"),
        _("RM type"),
        _("Level"),
        _("First working day"),
        _("Last day"),
    )
    return send_csv(head, (_row(user) for user in listing.rows), _file_name())


def _file_name() -> str:
    return f"{'mitarbeitende' if language() == 'de' else 'people'}-{clock.today().isoformat()}.csv"


def _row(user: Any) -> list[Any]:
    employee = user.employee
    roles = ", ".join(sorted(str(role.label) for role in user.roles))
    if employee is None:
        return [user.name, user.email, roles, "", "", "", "", "", user.left_on or ""]
    return [
        user.name,
        user.email,
        roles,
        employee.unit.name,
        employee.job_title,
        employee.rm_type.label if employee.rm_type else "",
        employee.level.label if employee.level else "",
        employee.started_on,
        user.left_on or "",
    ]


@bp.get("/people/<int:id>", access=policies.STAFF)
def person(id: int) -> ResponseReturnValue:
    """One person: what other stages know about them, facts, history."""
    viewer = me()
    user = queries.people.get(viewer, id)
    return render_template(
        "accounts/person.html",
        person=user,
        viewer=viewer,
        supervisor_url=_url_if_visible(user.employee.supervisor if user.employee else None),
        team=queries.people.team_of(user),
        invitation=None if user.password_hash else queries.people.invited(user),
        may_edit=policies.EDIT(viewer, user),
        timeline=audit.timeline(user, *([user.employee] if user.employee else [])),
    )


def _url_if_visible(user: User | None) -> str | None:
    return url_for(".person", id=user.id) if user and queries.people.may_see(me(), user) else None


@bp.route("/people/new", methods=["GET", "POST"], access=policies.INVITE)
def invite() -> ResponseReturnValue:
    """Invite a colleague who did not come by an application."""
    form = PersonForm.from_request(language=language(), started_on=clock.today())
    form.prepare(me())
    if form.ready():
        user = operations.people.invite(me(), None, **form.values())
        flash(gettext("The invitation to %(email)s is on its way.", email=user.email), "good")
        return redirect(url_for(".person", id=user.id), 303)
    return render_template("accounts/invite.html", form=form, units=queries.units.units()), form.status


@bp.route("/people/<int:id>/edit", methods=["GET", "POST"], access=policies.INVITE)
def edit_person(id: int) -> ResponseReturnValue:
    """Correct who somebody is, what they may do and where they work."""
    user = queries.people.get(me(), id)
    policies.EDIT.require(me(), user)
    employee = user.employee
    given: dict[str, Any] = {"obj": employee} if employee else {}
    form = PersonForm.from_request(
        **given,
        data={"name": user.name, "email": user.email, "language": user.language},
        roles=sorted(user.roles),
        seen=queries.people.edition(user),
    )
    form.prepare(me(), user)
    if form.ready():
        try:
            operations.people.change(me(), user, **form.values())
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            flash(str(operations.people.change.done), "good")
            return redirect(url_for(".person", id=user.id), 303)
    return render_template("accounts/edit_person.html", form=form, person=user), form.status


@bp.post("/people/<int:id>/invitation", access=policies.INVITE)
def invite_again(id: int) -> ResponseReturnValue:
    """Send a new invitation to somebody who has not opened the account yet."""
    require_token()
    user = queries.people.get(me(), id)
    operations.access.send_invitation(me(), user)
    flash(gettext("The invitation to %(email)s is on its way.", email=user.email), "good")
    return redirect(url_for(".person", id=id), 303)


@bp.route("/people/<int:id>/leave", methods=["GET", "POST"], access=policies.INVITE)
def leave(id: int) -> ResponseReturnValue:
    """Record the last day of somebody who leaves."""
    user = queries.people.get(me(), id)
    policies.EDIT.require(me(), user)
    form = LeaveForm.from_request(on=user.left_on or clock.today())
    if form.ready():
        try:
            operations.people.leave(me(), user, on=form.on.data)
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            flash(str(operations.people.leave.done), "good")
            return redirect(url_for(".person", id=id), 303)
    return render_template(
        "accounts/leave.html", form=form, person=user, led=queries.people.led_by(user)
    ), form.status


@bp.post("/people/<int:id>/stay", access=policies.INVITE)
def stay(id: int) -> ResponseReturnValue:
    """Take back that somebody leaves."""
    require_token()
    user = queries.people.get(me(), id)
    operations.people.stay(me(), user)
    flash(str(operations.people.stay.done), "good")
    return redirect(url_for(".person", id=id), 303)
