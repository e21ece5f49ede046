"""Pages of the onboarding: one's own plan, the list of plans, a plan with its tasks."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core import clock
from rmhr.core.flow.workflow import Move
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.words import day_text
from rmhr.models.accounts import Role, User
from rmhr.models.onboarding import OnboardingPlan, OnboardingTask, Phase, PlanStatus
from rmhr.onboarding import bulk, lists, operations, policies, queries
from rmhr.onboarding.forms import FirstDayForm
from rmhr.onboarding.workflow import PLANS, TASKS
from rmhr.web.auth import me
from rmhr.web.blueprint import Blueprint
from rmhr.web.bulk import add_bulk_page
from rmhr.web.exports import add_export
from rmhr.web.lists import add_list, matching
from rmhr.web.nav import Area
from rmhr.web.panels import Panel, Slot, panel
from rmhr.web.transitions import add_transition_route

bp = Blueprint("onboarding", __name__)
tasks = Blueprint("onboarding_tasks", __name__, url_prefix="/onboarding/tasks")
blueprints = [bp, tasks]

NAV = [
    Area(
        label=_("My plan"),
        endpoint="onboarding.mine",
        roles=(Role.RM,),
        icon="signpost",
        order=20,
        tab=True,
        belongs=("onboarding", "onboarding_tasks"),
        unless=(Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.COMPLIANCE, Role.ADMIN),
    ),
    Area(
        label=_("Onboarding"),
        endpoint="onboarding.index",
        roles=(Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.COMPLIANCE),
        icon="signpost",
        order=60,
        belongs=("onboarding", "onboarding_tasks"),
    ),
]

#: What has a page of its own: `first_day`.
MOVE = "move_first_day"
#: How a task is done, and how one that is a notification.
BY_A_CLICK, BY_NOTIFYING = ("complete", "complete_with_remark"), ("notify",)

add_transition_route(
    bp,
    PLANS,
    queries.get,
    policies.OVERSEE,
    about=lambda plan: plan.user.name,
    only=tuple(name for name in PLANS.transitions if name != MOVE),
    url="/onboarding/<int:id>/<name>",
)
add_transition_route(
    tasks,
    TASKS,
    queries.task,
    STAFF,
    about=lambda task: task.text,
    back=lambda task: url_for("onboarding.show", id=task.plan_id, _anchor=f"task-{task.id}"),
)


@bp.get("/plan", access=STAFF)
def mine() -> ResponseReturnValue:
    """One's own plan, or a word about why there is none."""
    plan = queries.of(me())
    if plan is None:
        return render_template("onboarding/none.html")
    return redirect(url_for(".show", id=plan.id))


add_list(bp, lists.PLANS, "/onboarding/", access=policies.OVERSEE)
add_export(bp, lists.PLANS, "/onboarding/export", access=policies.OVERSEE)
add_bulk_page(
    bp,
    (bulk.REMIND,),
    policies.OVERSEE,
    url="/onboarding/bulk/<verb>",
    matching=lambda most: matching(lists.PLANS, most),
)


@bp.get("/onboarding/<int:id>", access=STAFF)
def show(id: int) -> ResponseReturnValue:
    """A plan: the path, the tasks by phase, who takes part, what happened."""
    plan = queries.get(me(), id)
    return render_template(
        "onboarding/show.html",
        plan=plan,
        stations=queries.stations(plan),
        mine=queries.now_of(plan, me()),
        path=path_of(plan),
        moves=[each for each in PLANS.moves(me(), plan) if each.transition.name != MOVE],
        may_move=MOVE in {each.transition.name for each in PLANS.moves(me(), plan)},
        task_moves={task.id: _moves_of(task) for task in plan.tasks},
        timeline=audit.timeline(plan, *plan.tasks),
        now=queries.today_of(plan),
        own=plan.user_id == me().id,
    )


def _moves_of(task: OnboardingTask) -> list[Move]:
    """What can be done with a task: a notification is done by its day and number, everything else by a click."""
    return TASKS.moves(me(), task, but=BY_A_CLICK if task.notifies else BY_NOTIFYING)


@bp.route("/onboarding/<int:id>/first-day", methods=["GET", "POST"], access=policies.OVERSEE)
def first_day(id: int) -> ResponseReturnValue:
    """Move the first day: first what follows is shown, then it is done."""
    plan = queries.get(me(), id)
    PLANS.check(me(), plan, MOVE)
    form = FirstDayForm.editing(plan)
    if employee := plan.user.employee:
        form.starts_on.region = employee.unit.holiday_region
    day = form.starts_on.data
    ready = form.ready()
    if ready and request.form.get("shown") == day.isoformat():
        PLANS.perform(me(), plan, MOVE, **form.values())
        flash(str(PLANS[MOVE].done), "good")
        return redirect(url_for(".show", id=id))
    moved = operations.moved_with(me(), plan, day) if ready else None
    page = render_template("onboarding/first_day.html", form=form, plan=plan, moved=moved, day=day)
    return page, form.status if form.errors or form.overtaken or request.method == "GET" else 200


def path_of(plan: OnboardingPlan) -> list[dict[str, Any]]:
    """The stations of a plan as components/path.html draws them."""
    made = []
    for station in queries.stations(plan):
        if station.phase is Phase.LATER:
            continue  # the path leads through the first months
        total = len(station.counted)
        note = gettext("%(done)s of %(all)s done", done=station.done, all=total)
        if station.state == "now":
            left = (station.ends - clock.today()).days
            days = ngettext("%(num)s day left", "%(num)s days left", left)
            note = gettext("%(done)s of %(all)s, %(left)s", done=station.done, all=total, left=days)
        elif station.state == "later":
            note = gettext(
                "%(done)s of %(all)s, from %(day)s",
                done=station.done,
                all=total,
                day=day_text(station.begins),
            )
        made.append(
            {
                "words": station.phase.label,
                "note": note,
                "state": station.state,
                "value": station.done,
                "max": max(total, 1),
            }
        )
    return made


def _running(user: User) -> OnboardingPlan | None:
    """The plan of an RM while it runs: asked once for all that Today shows of it."""
    if "onboarding" not in g or g.onboarding[0] != user.id:
        g.onboarding = (user.id, queries.path_of(user) if user.has(Role.RM) else None)
    plan: OnboardingPlan | None = g.onboarding[1]
    return plan if plan is not None and plan.status is PlanStatus.ACTIVE else None


@panel(Slot.TODAY_HEAD, order=10)
def journey(viewer: User, subject: User) -> Panel | None:
    """The path above an RM's day."""
    plan = _running(subject)
    if plan is None:
        return None
    return Panel("onboarding/_journey.html", {"path": path_of(plan)[:5]})


@panel(Slot.TODAY_PEOPLE, order=20)
def companions(viewer: User, subject: User) -> Panel | None:
    """Mentor and buddy, for "Here for you"."""
    plan = _running(subject)
    if plan is None:
        return None
    found = [(plan.mentor, _("Mentor")), (plan.buddy, _("Buddy"))]
    people = [{"name": person.name, "note": what, "email": person.email} for person, what in found if person]
    return Panel("onboarding/_companions.html", {"people": people})


@panel(Slot.PERSON_MAIN, order=10)
def plan_of_the_person(viewer: User, subject: User) -> Panel | None:
    """How far somebody is along, on their page."""
    plan = queries.path_of(subject)
    if plan is None:
        return None
    return Panel("onboarding/_person.html", {"plan": plan, "path": path_of(plan)})
