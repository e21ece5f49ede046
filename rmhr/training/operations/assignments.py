"""Who must take which course.

The operations that end in `_for` may be called whichever way something came about, and twice: what is done already
stays as it is.
"""

from __future__ import annotations

from datetime import date, timedelta

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import asking, calendar
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import LANGUAGES, Words, _, gettext, speaking
from rmhr.core.mail import news
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.duties.queries import texts
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, User
from rmhr.models.courses import CourseVersion
from rmhr.models.duties import TextKind
from rmhr.models.offers import Offer
from rmhr.models.onboarding import OnboardingPlan
from rmhr.models.training import Assignment, AssignmentStatus
from rmhr.offers.workflow import FLOW as OFFERS
from rmhr.onboarding.workflow import PLANS
from rmhr.training import notifications, policies, queries
from rmhr.training.workflow.assignments import ASSIGNMENTS

#: The courses that a person has to pass.
OWED = asking.Owed(("training.course", "training.blocked"), "owner_id")


@operation(allow=policies.FOLLOW, done=_("Mandatory courses assigned"))
def open_for(actor: Actor, user: User, /, *, starts_on: date) -> list[Assignment]:
    """The courses of somebody who becomes an RM: those that are missing. What they have stays, and follows the first
    day.
    """
    if user.employee is None:
        return []
    begin_on(actor, user, starts_on=starts_on)
    return assign_required(SYSTEM, user.employee, starts_on=starts_on)


@operation(allow=the_system, done=_("Mandatory courses assigned"))
def assign_required(
    actor: Actor, employee: Employee, *, starts_on: date | None = None, note: str = ""
) -> list[Assignment]:
    """Every course that is mandatory for this kind of RM and that they do not have yet, due on working days.

    One that was dropped is required again. `note`: why, for the history of that.
    """
    queries.assignments.lock(employee.user)
    newest, rm_type = queries.assignments.newest_of(employee.user), employee.rm_type
    fresh, notice_id = [], texts.id_in_force(TextKind.TRAINING_NOTICE)
    for taught in queries.courses.in_force():
        if rm_type is None or rm_type.value not in taught.rm_types:
            continue
        before = newest.get(taught.course_id)
        if before is None:
            fresh.append(duty(taught, employee, starts_on, notice_id))
        elif before.status is AssignmentStatus.DROPPED:
            ASSIGNMENTS.perform(SYSTEM, before, "require", note=note)
            news.tell(notifications.ASSIGNED, before, actor)
    db.session.add_all(fresh)
    for assignment in fresh:
        news.tell(notifications.ASSIGNED, assignment, actor)
    return fresh


@operation(allow=policies.FOLLOW, done=_("Courses moved with the first day"))
def begin_on(_actor: Actor, user: User, /, *, starts_on: date) -> int:
    """The first day is this one: what a new RM still has to pass is counted from it. Say how many courses moved.

    What was due before today stays as it was; nothing becomes due on a day that has passed.
    """
    moved = 0
    for assignment in queries.assignments.first_ones_of(user):
        day = queries.people.working_day(starts_on + timedelta(days=assignment.taught.due_days), user)
        if day < clock.today():
            day = min(assignment.due_on, queries.people.working_day(clock.today(), user))
        moved += day != assignment.due_on
        assignment.due_on = day
    return moved


@PLANS.after("move_first_day", order=30)
def courses_follow(_actor: Actor, plan: OnboardingPlan) -> None:
    """The courses count from the same first day as the plan."""
    begin_on(SYSTEM, plan.user, starts_on=plan.starts_on)


@operation(allow=policies.FOLLOW, done=_("Mandatory courses adjusted"))
def adjust_for(_actor: Actor, user: User, /, *, reason: str) -> list[Assignment]:
    """The type of RM has changed: courses that are missing come, those that concern others and are not begun go.

    Says which came. What was begun or passed stays. `reason` stands in the history of what goes.
    """
    employee = user.employee
    if employee is None:
        return []
    for assignment in queries.assignments.not_begun_by(user):
        if employee.rm_type is None or employee.rm_type.value not in assignment.taught.rm_types:
            ASSIGNMENTS.perform(SYSTEM, assignment, "drop", note=reason)
    return assign_required(SYSTEM, employee, note=reason)


@operation(allow=policies.FOLLOW, done=_("Courses postponed after an absence"))
def postpone_for(_actor: Actor, user: User, /, *, back_on: date) -> int:
    """After a long absence there is time again for what would have been due meanwhile; say for how many courses."""
    day = queries.people.working_day(deadlines.BACK_FROM_ABSENCE.after(back_on), user)
    owed = [each for each in queries.assignments.owed_by(user) if each.due_on < day]
    for assignment in owed:
        assignment.due_on = day
    return len(owed)


@operation(allow=policies.FOLLOW, done=_("Courses called off"))
def call_off_for(_actor: Actor, user: User, /, *, reason: str) -> int:
    """The person leaves or does not come: nothing is required of them any more. Say how many courses were."""
    owed = queries.assignments.owed_by(user)
    for assignment in owed:
        ASSIGNMENTS.perform(SYSTEM, assignment, "drop", note=reason)
    return len(owed)


@OFFERS.after("retract_acceptance", order=50)
def call_off_courses(_actor: Actor, offer: Offer) -> None:
    """Nothing is required of whoever will not start."""
    employee = accounts.people.employee_for(offer.application_id)
    if employee is not None:
        call_off_for(SYSTEM, employee.user, reason=gettext("Will not start."))


def duty(
    taught: CourseVersion, employee: Employee, starts_on: date | None = None, notice_id: int | None = None
) -> Assignment:
    """What somebody owes of one course for the first time: not stored yet. `notice_id`: what they are told of data."""
    return Assignment(
        user=employee.user,
        course=taught.course,
        taught=taught,
        reason=reason(taught, employee),
        assigned_on=clock.today(),
        due_on=due_date(taught, employee, starts_on),
        notice_text_id=notice_id,
    )


def due_date(taught: CourseVersion, employee: Employee, starts_on: date | None = None) -> date:
    """So many days after the first one, on the next working day of the person's place, not before today."""
    first = starts_on or employee.started_on
    day = max(first + timedelta(days=taught.due_days), clock.today())
    return calendar.next_working_day(day, queries.people.region(employee))


def reason(taught: CourseVersion, employee: Employee) -> Words:
    """Why this person must take it, in both languages."""
    said = Words()
    for code in LANGUAGES:
        with speaking(code):
            if employee.rm_type is None:
                said[code] = gettext("Required by the bank")
                continue
            clients = str(employee.rm_type.label)
            clients = clients.lower() if code == "en" else clients
            if taught.blocked:
                said[code] = gettext(
                    "Required for %(clients)s, before %(what)s",
                    clients=clients,
                    what=str(taught.blocked[0].label),
                )
            else:
                said[code] = gettext("Required for %(clients)s", clients=clients)
    return said


@operation(allow=policies.REMIND, done=_("Reminder sent"))
def remind(actor: User, person: User, /) -> str:
    """Remind somebody of the courses that are due; their name. Raises NotPossible where none is."""
    return OWED.ask(actor, person)
