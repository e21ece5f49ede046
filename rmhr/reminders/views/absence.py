"""Who is away when: one's own absences, and those of people whom one leads or looks after."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.due.calendar import NATIONWIDE, next_working_day
from rmhr.core.errors import NotPossible
from rmhr.core.flow.handing_over import hanging_on
from rmhr.core.i18n import gettext
from rmhr.law import deadlines
from rmhr.models.accounts import User
from rmhr.models.reminders import Absence
from rmhr.reminders import operations, policies, queries
from rmhr.reminders.forms.absence import AbsenceForm
from rmhr.reminders.notifications import days_words
from rmhr.reminders.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.forms import require_token
from rmhr.web.successors import asking_successors, offer_successors, successors_of


def home(person: User) -> str:
    """The page of this person's absences."""
    return url_for(".absence") if person.id == me().id else url_for(".absence_of", id=person.id)


@bp.route("/reminders/absence", methods=["GET", "POST"], access=policies.CHOOSE)
def absence() -> ResponseReturnValue:
    """One's own absences, and a new one."""
    return _absences(accounts.people.get(me(), me().id))


@bp.route("/people/<int:id>/absence", methods=["GET", "POST"], access=policies.CHOOSE)
def absence_of(id: int) -> ResponseReturnValue:
    """The absences of somebody whom one leads or looks after, and a new one."""
    person = accounts.people.get(me(), id)
    policies.ABSENCE.require(me(), person)
    return redirect(url_for(".absence")) if person.id == me().id else _absences(person)


def _absences(person: User) -> ResponseReturnValue:
    own = person.id == me().id
    hung = [] if own else hanging_on(person)
    stays = gettext("Stays with %(name)s; the deputy is reminded", name=person.name)
    form = asking_successors(AbsenceForm, hung, stays).from_request(
        starts_on=next_working_day(clock.today(), NATIONWIDE)
    )
    form.prepare(person)
    offer_successors(form, successors_of(hung, accounts.choices.successors(person)))
    if form.ready():
        try:
            entered = operations.absence.enter_absence(me(), person, **form.values())
        except NotPossible as no:
            form.form_errors.append(str(no))
        else:
            _say(entered)
            return redirect(home(person), 303)
    coming, past = queries.absence.absences(person, clock.today())
    page = render_template(
        "reminders/absence.html",
        form=form,
        person=person,
        own=own,
        hung=hung,
        long=deadlines.LONG_ABSENCE.number,
        coming=coming,
        past=past,
        clashes=queries.absence.deputies_away(coming),
        stands_in=queries.absence.stands_in_for(person, clock.today()),
        today=clock.today(),
    )
    return page, form.status


def _say(entered: Absence) -> None:
    flash(str(operations.absence.enter_absence.done), "good")
    if clash := queries.absence.deputies_away([entered]).get(entered.id):
        said: dict[str, Any] = {"deputy": clash.user.name, "days": days_words(clash)}
        flash(
            gettext("%(deputy)s is away %(days)s, too. Choose somebody else for these days.", **said),
            "warning",
        )


@bp.route("/reminders/absence/<int:id>/end", methods=["GET", "POST"], access=policies.CHOOSE)
def end_absence(id: int) -> ResponseReturnValue:
    """Back earlier than planned: asked first."""
    it = queries.absence.get_absence(me(), id)
    policies.ITS_PERSON.require(me(), it)
    person = it.user
    if request.method == "POST":
        require_token()
        operations.absence.end_absence(me(), it)
        flash(str(operations.absence.end_absence.done), "good")
        return redirect(home(person), 303)
    return render_template(
        "reminders/absence_end.html", absence=it, own=person.id == me().id, back=home(person)
    )


@bp.route("/reminders/absence/<int:id>/delete", methods=["GET", "POST"], access=policies.CHOOSE)
def delete_absence(id: int) -> ResponseReturnValue:
    """Not away after all: asked first."""
    it = queries.absence.get_absence(me(), id)
    policies.ITS_PERSON.require(me(), it)
    person = it.user
    if request.method == "POST":
        require_token()
        operations.absence.delete_absence(me(), it)
        flash(str(operations.absence.delete_absence.done), "good")
        return redirect(home(person), 303)
    return render_template(
        "reminders/absence_delete.html", days=days_words(it), absence=it, back=home(person)
    )
