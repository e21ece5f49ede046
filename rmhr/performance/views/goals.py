"""Goals: the list, a goal with its hints and check-ins, the forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.dates import format_date
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rmhr.core import charts
from rmhr.core.due.words import DAY
from rmhr.core.history import audit
from rmhr.core.history.records import Copy
from rmhr.core.i18n import gettext, language
from rmhr.core.words import number
from rmhr.models.accounts import Role, User
from rmhr.models.performance import Goal, GoalStatus
from rmhr.performance import lists, measures, notifications, operations, policies, queries, records, smart
from rmhr.performance.forms.goals import CheckInForm, GoalForm
from rmhr.performance.queries.goals import as_said
from rmhr.performance.views.blueprint import bp, siblings
from rmhr.performance.workflow.goals import GOALS
from rmhr.web.auth import me
from rmhr.web.exports import add_export
from rmhr.web.lists import read, suggest
from rmhr.web.numbers import whole
from rmhr.web.transitions import add_transition_route

G = GoalStatus
#: So many values stand in a figure: the first, and the last ones.
MOST_POINTS = 6


@bp.get("/goals/", access=policies.SEE)
def goals() -> ResponseReturnValue:
    """An RM's own goals; the team's, or everybody's, as a list."""
    viewer = me()
    if not viewer.has(Role.SUPERVISOR, Role.HR):
        found = lists.as_concluded(queries.goals.of(viewer))
        return render_template(
            "performance/my_goals.html",
            siblings=siblings("performance.goals"),
            agreed=[each for each in found if each.status is G.AGREED],
            open=[each for each in found if each.status in (G.DRAFT, G.PROPOSED)],
            closed=[each for each in found if each.status not in smart.ACTIVE],
        )
    if (suggested := suggest(lists.GOALS)) is not None:
        return suggested
    return render_template(
        "performance/goals.html",
        siblings=siblings("performance.goals"),
        listing=read(lists.GOALS),
        may_set=queries.goals.may_be_set_by(viewer),
    )


add_export(bp, lists.GOALS, "/goals/export", access=policies.SEE)


@bp.get("/goals/<int:id>", access=policies.SEE)
def goal(id: int) -> ResponseReturnValue:
    """A goal: its five letters, how it comes along, what happened; concluded, as it was then."""
    found = queries.goals.get(me(), id)
    seen = records.goal_seen(found)
    side = policies.SIDES(me(), found)
    hints = {} if seen.concluded else _hints(found)
    return render_template(
        "performance/goal.html",
        row=found,
        goal=seen.says,
        seen=seen,
        progress=as_said(seen.says),
        said=measures.said,
        measure=measures.measure_of(seen.says),
        formula=measures.set_as_formula(seen.says.formula) if seen.says.formula else None,
        inputs=[(Markup(each.sign), each.words) for each in seen.says.inputs],
        hints=hints,
        moves=GOALS.moves(me(), found),
        figure=trend_of(seen.says) if seen.says.check_ins else None,
        timeline=audit.timeline(found, *found.check_ins),
        own=found.user_id == me().id,
        may_edit=side and found.status is G.DRAFT,
        may_check_in=side and found.status is G.AGREED,
        running=found.status is G.AGREED,
        draft=found.status is G.DRAFT,
        answered_by=_answering(found),
    )


def _hints(found: Goal) -> dict[str, list[smart.Hint]]:
    """What could be better, by letter."""
    return {each.letter: each.hints for each in smart.letters(found, queries.goals.others(found))}


def _answering(found: Goal) -> str | None:
    """Whose answer a proposal waits for."""
    if found.status is not G.PROPOSED:
        return None
    return notifications.other_side(found).name


def trend_of(found: Copy) -> charts.Figure:
    """The values as a line, with the target."""
    values = [(found.starts_on, found.baseline), *((each.on, each.value) for each in found.points)]
    shown = values if len(values) <= MOST_POINTS else [values[0], *values[1 - MOST_POINTS :]]
    points = [(format_date(on, DAY[language()], locale=language()), float(value)) for on, value in shown]
    listed = ", ".join(number(value) for _on, value in shown)
    title = gettext(
        "%(measure)s: %(values)s; target %(target)s",
        measure=measures.measure_of(found),
        values=listed,
        target=measures.said(found, found.target),
    )
    return charts.trend(points, title, goal=float(found.target), says=number)


def _form(people: Sequence[User], **defaults: Any) -> GoalForm:
    return GoalForm.from_request(people=people, kpis=list(queries.goals.kpis()), **defaults)


@bp.route("/goals/new", methods=["GET", "POST"], access=policies.WRITE)
def new() -> ResponseReturnValue:
    """Write a goal down: one's own, or one for somebody of the team."""
    viewer = me()
    people = queries.goals.may_be_set_for(viewer)
    if not people and not viewer.has(Role.RM):
        abort(403)
    form = _form(people, user_id=request.args.get("person", type=whole))
    if not form.ready():
        page = render_template("performance/goal_form.html", form=form, goal=None, kpis=queries.goals.kpis())
        return page, form.status
    data = form.values()
    wanted = data.pop("user_id", viewer.id)
    person = next((each for each in people if each.id == wanted), viewer)
    made = operations.goals.set_goal(viewer, person, **data)
    flash(gettext("The goal is written down. Read the hints, then propose it."), "good")
    return redirect(url_for(".goal", id=made.id))


@bp.route("/goals/<int:id>/edit", methods=["GET", "POST"], access=policies.WRITE)
def edit(id: int) -> ResponseReturnValue:
    """Change a draft."""
    found = queries.goals.get(me(), id)
    policies.SIDES.require(me(), found)
    if found.status is not G.DRAFT and request.method == "GET":
        return redirect(url_for(".goal", id=id))
    form = GoalForm.editing(found, people=[], kpis=list(queries.goals.kpis()))
    if not form.ready():
        page = render_template("performance/goal_form.html", form=form, goal=found, kpis=queries.goals.kpis())
        return page, form.status
    operations.goals.change_goal(me(), found, **form.values())
    flash(str(operations.goals.change_goal.done), "good")
    return redirect(url_for(".goal", id=id))


@bp.route("/goals/<int:id>/check-in", methods=["GET", "POST"], access=policies.WRITE)
def check_in(id: int) -> ResponseReturnValue:
    """A new value."""
    found = queries.goals.get(me(), id)
    policies.SIDES.require(me(), found)
    if found.status is not G.AGREED and request.method == "GET":
        return redirect(url_for(".goal", id=id))
    form = CheckInForm.of(found)
    newest = found.check_ins[-1] if found.check_ins else None
    if not form.ready():
        if form.overtaken and not form.errors and form.repeats(newest, me()):
            return redirect(url_for(".goal", id=id))
        page = render_template(
            "performance/check_in.html",
            form=form,
            goal=found,
            unit=measures.unit_of(found),
            measure=measures.measure_of(found),
            said=measures.said,
            last=newest,
        )
        return page, form.status
    operations.goals.check_in(me(), found, **form.values())
    flash(str(operations.goals.check_in.done), "good")
    return redirect(url_for(".goal", id=id))


add_transition_route(
    bp,
    GOALS,
    queries.goals.get,
    policies.WRITE,
    about=lambda found: f"{found.title}, {found.user.name}",
    url="/goals/<int:id>/<name>",
    back=lambda found: url_for("performance.goal", id=found.id),
)
