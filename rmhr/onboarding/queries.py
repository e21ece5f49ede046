"""Plans as each person may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core import clock, registry
from rmhr.core.db import Rows, db
from rmhr.core.due import calendar
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.onboarding import (
    LASTING,
    OnboardingPlan,
    OnboardingTask,
    Phase,
    PlanStatus,
    TaskKind,
    TaskStatus,
    TaskTemplate,
)

#: Until when each phase lasts, counted from the first working day; what comes before that day ends with its eve.
ENDS = {
    Phase.ARRIVE: deadlines.ARRIVE,
    Phase.LEARN: deadlines.LEARN,
    Phase.CONTRIBUTE: deadlines.CONTRIBUTE,
    Phase.OWN: deadlines.TAKE_RESPONSIBILITY,
    Phase.CONSOLIDATE: deadlines.CONSOLIDATE,
}


def visible_to(viewer: User) -> sa.ColumnElement[bool]:
    """Which plans this person may see: their own, those they have a part in, their team's; HR and compliance all."""
    if viewer.has(Role.HR, Role.ADMIN, Role.COMPLIANCE):
        return sa.true()
    takes_part = sa.select(OnboardingTask.plan_id).where(OnboardingTask.owner_id == viewer.id)
    return sa.or_(
        OnboardingPlan.user_id == viewer.id,
        OnboardingPlan.mentor_id == viewer.id,
        OnboardingPlan.buddy_id == viewer.id,
        OnboardingPlan.user_id.in_(accounts.people.team_ids(viewer)),
        OnboardingPlan.id.in_(takes_part),
    )


def _whole() -> Rows:
    employee = joinedload(OnboardingPlan.user).joinedload(User.employee)
    tasks = selectinload(OnboardingPlan.tasks)
    return sa.select(OnboardingPlan).options(
        employee.joinedload(Employee.supervisor),
        employee.joinedload(Employee.unit),
        joinedload(OnboardingPlan.mentor),
        joinedload(OnboardingPlan.buddy),
        joinedload(OnboardingPlan.hr),
        tasks.joinedload(OnboardingTask.owner),
        tasks.joinedload(OnboardingTask.done_by),
    )


def accompanied_since(companion: User, first: OnboardingPlan) -> Sequence[OnboardingPlan]:
    """The plans under way from that one on whose mentor or buddy this person is, the oldest first."""
    query = _whole().where(
        OnboardingPlan.id >= first.id,
        OnboardingPlan.status == PlanStatus.ACTIVE,
        sa.or_(OnboardingPlan.mentor_id == companion.id, OnboardingPlan.buddy_id == companion.id),
    )
    return db.session.scalars(query.order_by(OnboardingPlan.id)).unique().all()


def get(viewer: User, id: int) -> OnboardingPlan:
    """A plan with its tasks, or 404."""
    query = _whole().where(OnboardingPlan.id == id, visible_to(viewer))
    found: OnboardingPlan | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def of(user: User) -> OnboardingPlan | None:
    """The plan of this person, with its tasks; None for those who came before there were plans."""
    found: OnboardingPlan | None = (
        db.session.scalars(_whole().where(OnboardingPlan.user_id == user.id)).unique().one_or_none()
    )
    return found


def path_of(user: User) -> OnboardingPlan | None:
    """The same with what its path and its companions show: not who has which task, nor where they work. One query."""
    query = sa.select(OnboardingPlan).where(OnboardingPlan.user_id == user.id)
    shown = (
        joinedload(OnboardingPlan.mentor),
        joinedload(OnboardingPlan.buddy),
        joinedload(OnboardingPlan.tasks),
    )
    found: OnboardingPlan | None = db.session.scalars(query.options(*shown)).unique().one_or_none()
    return found


def these(viewer: User, ids: Sequence[int]) -> Sequence[OnboardingPlan]:
    """Those of these plans that this person may see."""
    query = (
        sa.select(OnboardingPlan)
        .where(OnboardingPlan.id.in_(ids), visible_to(viewer))
        .options(joinedload(OnboardingPlan.user).joinedload(User.employee))
    )
    return db.session.scalars(query).unique().all()


def task(viewer: User, id: int) -> OnboardingTask:
    """One task of a plan that this person may see, or 404."""
    query = (
        sa.select(OnboardingTask)
        .join(OnboardingPlan)
        .where(OnboardingTask.id == id, visible_to(viewer))
        .options(
            joinedload(OnboardingTask.plan).joinedload(OnboardingPlan.user).joinedload(User.employee),
            joinedload(OnboardingTask.owner),
        )
    )
    found: OnboardingTask | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def overview(viewer: User) -> Rows:
    """(plan, open, late, all): the list of plans with how far each is along, in one query."""
    is_open = OnboardingTask.status == TaskStatus.OPEN
    # What is due in years does not say how far the first months are.
    soon = OnboardingTask.phase != Phase.LATER
    return (
        sa.select(
            OnboardingPlan,
            _tasks_of_plan(is_open, soon).label("open"),
            _tasks_of_plan(is_open, OnboardingTask.due_on < clock.today()).label("late"),
            _tasks_of_plan(OnboardingTask.status != TaskStatus.DROPPED, soon).label("all"),
        )
        .join(User, User.id == OnboardingPlan.user_id)
        .where(visible_to(viewer))
        .options(
            contains_eager(OnboardingPlan.user).joinedload(User.employee).joinedload(Employee.unit),
            joinedload(OnboardingPlan.mentor),
        )
    )


def _tasks_of_plan(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """How many tasks of a plan these are: counted for each plan that is shown, and for no other."""
    tasks = sa.select(sa.func.count()).where(OnboardingTask.plan_id == OnboardingPlan.id, *which)
    return tasks.correlate(OnboardingPlan).scalar_subquery()


def lock(user: User) -> None:
    """Whoever else wants to open something for this person waits until the commit."""
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())


def stands() -> sa.ColumnElement[bool]:
    """The condition that an open task is owed, as far as its plan decides (see OnboardingTask.stands)."""
    return sa.or_(
        OnboardingPlan.status == PlanStatus.ACTIVE,
        sa.and_(OnboardingPlan.status == PlanStatus.COMPLETED, OnboardingTask.kind.in_(LASTING)),
        OnboardingTask.kind == TaskKind.CHANGE,
    )


def open_tasks_of(user: User) -> Sequence[OnboardingTask]:
    """What this person has to do in plans of others that are under way, and after their end."""
    return (
        db.session.scalars(
            sa.select(OnboardingTask)
            .join(OnboardingPlan)
            .where(
                OnboardingTask.owner_id == user.id,
                OnboardingTask.status == TaskStatus.OPEN,
                stands(),
                OnboardingPlan.user_id != user.id,
            )
            .options(joinedload(OnboardingTask.plan).joinedload(OnboardingPlan.user))
        )
        .unique()
        .all()
    )


def guided_by(user: User) -> Sequence[OnboardingPlan]:
    """The plans under way in which this person is mentor, buddy or the one in HR."""
    its = OnboardingPlan
    part = sa.or_(its.mentor_id == user.id, its.buddy_id == user.id, its.hr_id == user.id)
    plans = sa.select(its).where(part, its.status == PlanStatus.ACTIVE).options(joinedload(its.user))
    return db.session.scalars(plans).unique().all()


# Days that count from the first one.


@dataclass(frozen=True)
class Relative:
    """A day that counts from the first working day: what lies on it."""

    key: tuple[str, int]
    words: Any
    on: date


def relative_dates(user: User) -> list[Relative]:
    """All days of this person that move with the first one, of all stages."""
    return [each for find in registry.DATES.values() for each in find(user)]


def _tasks(user: User) -> list[Relative]:
    plan = of(user)
    if plan is None:
        return []
    open_ones = [task for task in plan.tasks if task.status is TaskStatus.OPEN]
    return [Relative(("task", task.id), task.text, task.due_on) for task in open_ones]


registry.DATES.add("onboarding", _tasks)


def complete_by(starts_on: date) -> date:
    """The last day of the last phase."""
    return starts_on + timedelta(days=max(rule.number for rule in ENDS.values()))


def working_day(day: date, region: str) -> date:
    """This day or the next one on which people work there."""
    return calendar.next_working_day(day, region)


def due_date(days: int, starts_on: date, region: str) -> date:
    """So many days from the first one, on a working day there, and not before today.

    What is due before the start moves forward to an earlier working day, what is due after it to a later one.
    """
    day = starts_on + timedelta(days=days)
    if days < 0:
        day = calendar.add_working_days(day + timedelta(days=1), -1, region)
    return calendar.next_working_day(max(day, clock.today()), region)


def due_of(template: TaskTemplate, starts_on: date, region: str) -> date:
    """When a task of this template is due, counted from the first day of what it is about.

    A last day that law sets is never later than law says: the last working day within it.
    """
    if not template.rule:
        return due_date(template.due_days, starts_on, region)
    day = registry.LEGAL_RULES[template.rule].after(starts_on, region)
    if template.kind is TaskKind.CLOCK:
        day = calendar.last_working_day(calendar.add_days(day, -1), region)
    return calendar.next_working_day(max(day, clock.today()), region)


def today_of(plan: OnboardingPlan) -> str:
    """Where somebody stands today, in words."""
    days = (clock.today() - plan.starts_on).days
    if days < 0:
        return gettext("Starts %(day)s", day=day_text(plan.starts_on))
    return gettext("Day %(day)s", day=days + 1)


def templates() -> Sequence[TaskTemplate]:
    """The tasks that every new plan begins with."""
    return db.session.scalars(sa.select(TaskTemplate).order_by(TaskTemplate.position)).all()


def active(user: User) -> bool:
    """Whether this person's first months are still under way."""
    wanted = sa.select(OnboardingPlan.id).filter_by(user_id=user.id, status=PlanStatus.ACTIVE)
    return db.session.scalar(wanted) is not None


@dataclass(frozen=True)
class Station:
    """A phase of a plan as the path shows it."""

    phase: Phase
    tasks: list[OnboardingTask]
    begins: date
    ends: date

    @property
    def counted(self) -> list[OnboardingTask]:
        """Its tasks without those that are not needed."""
        return [task for task in self.tasks if task.status is not TaskStatus.DROPPED]

    @property
    def done(self) -> int:
        """How many of its tasks are done."""
        return sum(task.status is TaskStatus.DONE for task in self.tasks)

    @property
    def state(self) -> str:
        """For the path: "done", "now" or "later". The present one is where today lies."""
        today = clock.today()
        if self.begins <= today <= self.ends:
            return "now"
        return "done" if self.ends < today else "later"

    @property
    def unfolded(self) -> bool:
        """Whether its tasks are in sight at once: it has begun, and something is still open."""
        return self.begins <= clock.today() and any(task.status is TaskStatus.OPEN for task in self.tasks)


def stations(plan: OnboardingPlan) -> list[Station]:
    """The phases of a plan that have tasks, in order, with their dates."""
    made, begins = [], plan.starts_on - timedelta(days=60)
    for phase in Phase:
        eve = plan.starts_on - timedelta(days=1)
        tasks = [task for task in plan.tasks if task.phase is phase]
        ends = ENDS[phase].after(plan.starts_on) if phase in ENDS else eve
        if phase is Phase.LATER:
            ends = max([begins, *(task.due_on for task in tasks)])
        if tasks:
            made.append(Station(phase, tasks, begins, ends))
        begins = ends + timedelta(days=1)
    return made


def now_of(plan: OnboardingPlan, owner: User) -> list[OnboardingTask]:
    """What this person has to do in the phases of a running plan that have begun, the first due first."""
    if plan.status is not PlanStatus.ACTIVE:
        return []
    begun = {station.phase for station in stations(plan) if station.begins <= clock.today()}
    mine = [
        task
        for task in plan.tasks
        if task.owner_id == owner.id and task.status is TaskStatus.OPEN and task.phase in begun
    ]
    return sorted(mine, key=lambda task: (task.due_on, task.id))
