"""Who must take which course; reading lessons; beginning, answering and handing in an exam; certificates.

The operations that end in `_for` may be called whichever way something came about, and twice: what is done already
stays as it is.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm.attributes import flag_modified

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import asking, calendar
from rmhr.core.errors import NotPossible, Stale
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import LANGUAGES, Words, _, gettext, speaking
from rmhr.core.mail import news
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.duties.queries import texts
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, User
from rmhr.models.duties import TextKind
from rmhr.models.offers import Offer
from rmhr.models.onboarding import OnboardingPlan
from rmhr.models.training import (
    Assignment,
    AssignmentStatus,
    Attempt,
    AttemptAnswer,
    AttemptStatus,
    Certificate,
    Course,
    Lesson,
    LessonRead,
)
from rmhr.offers.workflow import FLOW as OFFERS
from rmhr.onboarding import operations as onboarding
from rmhr.onboarding.workflow import PLANS
from rmhr.training import exams, notifications, policies, queries, records
from rmhr.training.entry import entry_of
from rmhr.training.workflow import ASSIGNMENTS, ATTEMPTS

#: Letters and digits of a certificate's code: none that is read as another (0 and O, 1 and I and L).
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: Twelve of them: more than 10 to the 17 codes, and nothing counts up.
CODE_LENGTH = 12

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
    queries.lock(employee.user)
    newest, rm_type = queries.newest_of(employee.user), employee.rm_type
    fresh, notice_id = [], texts.id_in_force(TextKind.TRAINING_NOTICE)
    for course in queries.courses():
        if rm_type is None or rm_type.value not in course.rm_types:
            continue
        before = newest.get(course.id)
        if before is None:
            fresh.append(duty(course, employee, starts_on, notice_id))
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
    for assignment in queries.first_ones_of(user):
        day = queries.working_day(starts_on + timedelta(days=assignment.course.due_days), user)
        if day < clock.today():
            day = min(assignment.due_on, queries.working_day(clock.today(), user))
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
    for assignment in queries.not_begun_by(user):
        if employee.rm_type is None or employee.rm_type.value not in assignment.course.rm_types:
            ASSIGNMENTS.perform(SYSTEM, assignment, "drop", note=reason)
    return assign_required(SYSTEM, employee, note=reason)


@operation(allow=policies.FOLLOW, done=_("Courses postponed after an absence"))
def postpone_for(_actor: Actor, user: User, /, *, back_on: date) -> int:
    """After a long absence there is time again for what would have been due meanwhile; say for how many courses."""
    day = queries.working_day(deadlines.BACK_FROM_ABSENCE.after(back_on), user)
    owed = [each for each in queries.owed_by(user) if each.due_on < day]
    for assignment in owed:
        assignment.due_on = day
    return len(owed)


@operation(allow=policies.FOLLOW, done=_("Courses called off"))
def call_off_for(_actor: Actor, user: User, /, *, reason: str) -> int:
    """The person leaves or does not come: nothing is required of them any more. Say how many courses were."""
    owed = queries.owed_by(user)
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
    course: Course, employee: Employee, starts_on: date | None = None, notice_id: int | None = None
) -> Assignment:
    """What somebody owes of one course for the first time: not stored yet. `notice_id`: what they are told of data."""
    return Assignment(
        user=employee.user,
        course=course,
        reason=reason(course, employee),
        assigned_on=clock.today(),
        due_on=due_date(course, employee, starts_on),
        notice_text_id=notice_id,
    )


def due_date(course: Course, employee: Employee, starts_on: date | None = None) -> date:
    """So many days after the first one, on the next working day of the person's place, not before today."""
    first = starts_on or employee.started_on
    day = max(first + timedelta(days=course.due_days), clock.today())
    return calendar.next_working_day(day, queries.region(employee))


def reason(course: Course, employee: Employee) -> Words:
    """Why this person must take it, in both languages."""
    said = Words()
    for code in LANGUAGES:
        with speaking(code):
            if employee.rm_type is None:
                said[code] = gettext("Required by the bank")
                continue
            clients = str(employee.rm_type.label)
            clients = clients.lower() if code == "en" else clients
            if course.blocked:
                said[code] = gettext(
                    "Required for %(clients)s, before %(what)s",
                    clients=clients,
                    what=str(course.blocked[0].label),
                )
            else:
                said[code] = gettext("Required for %(clients)s", clients=clients)
    return said


def open_renewals(actor: Actor) -> int:
    """Give everybody whose course comes to its end the duty to renew it; say how many. Twice is harmless."""
    ending = queries.to_renew()
    for assignment in ending:
        renew(actor, assignment)
    return len(ending)


@operation(allow=the_system, done=_("Renewal opened"))
def renew(actor: Actor, assignment: Assignment) -> Assignment:
    """Assign the next cycle of a course, due on the last day on which the present certificate holds.

    Raises NotPossible where it was not passed yet.
    """
    if assignment.valid_until is None:
        raise NotPossible(gettext("Only a course that was passed can be renewed."))
    successor = Assignment(
        user=assignment.user,
        course=assignment.course,
        cycle=assignment.cycle + 1,
        reason=assignment.reason,
        assigned_on=clock.today(),
        due_on=assignment.valid_until,
        notice_text_id=texts.id_in_force(TextKind.TRAINING_NOTICE),
    )
    db.session.add(successor)
    news.tell(notifications.ASSIGNED, successor, actor)
    return successor


@operation(allow=policies.TAKE, done=_("Lesson read"))
def read_lesson(_actor: Actor, assignment: Assignment, *, lesson: Lesson) -> None:
    """Remember that a lesson was worked through; a second time changes nothing."""
    if queries.has_read(assignment, lesson.id) is None:
        assignment.lessons_read.append(LessonRead(lesson=lesson, read_at=clock.now()))


@operation(allow=policies.TAKE, done=_("Exam begun"))
def start_exam(_actor: Actor, assignment: Assignment, *, chance: random.Random = exams.CHANCE) -> Attempt:
    """Draw the questions of a new attempt; where one is under way, go on with that. Raises NotPossible."""
    assignment = queries.locked(assignment)
    entry = entry_of(assignment)
    if entry.running is not None:
        return entry.running
    if entry.refusal:
        raise NotPossible(entry.refusal)
    attempt = Attempt(
        number=len(assignment.attempts) + 1,
        started_at=clock.now(),
        hand_in_by=deadlines.HAND_IN_EXAM.after(clock.today()),
        answers=exams.draw(assignment.course, queries.rm_type(assignment.user), chance),
    )
    assignment.attempts.append(attempt)
    return attempt


@operation(allow=policies.TAKE, done=_("Answer saved"))
def answer_question(
    _actor: Actor, attempt: Attempt, *, position: int, chosen: Sequence[str]
) -> AttemptAnswer:
    """Store what was chosen (the ids of choices). An empty choice takes the answer back.

    Raises Stale once the exam is handed in, NotPossible for a choice of another question.
    """
    if attempt.status is not AttemptStatus.RUNNING:
        raise Stale(gettext("This exam has been handed in already."))
    answer = next(each for each in attempt.answers if each.position == position)
    if not set(chosen) <= set(answer.order):
        raise NotPossible(gettext("This answer does not belong to the question."))
    before, answer.chosen = answer.chosen, [id for id in answer.order if id in chosen]
    if answer.chosen != before:
        flag_modified(attempt, "hand_in_by")  # whoever hands in has to have seen this answer
    return answer


@operation(allow=policies.TAKE, done=_("Exam handed in"))
def hand_in(_actor: Actor, attempt: Attempt) -> Attempt:
    """Mark the exam. Passed, the course is passed, too; failed without an attempt left, the course is blocked.

    Raises Stale where it was handed in already.
    """
    queries.locked(attempt.assignment)
    if attempt.status is not AttemptStatus.RUNNING:
        raise Stale(gettext("This exam has been handed in already."))
    return _mark(attempt)


def hand_in_all_overdue(actor: Actor) -> int:
    """Mark as they stand the exams that were to be handed in before today; say how many. Twice is harmless."""
    overdue = queries.overdue_exams()
    for attempt in overdue:
        hand_in_overdue(actor, attempt)
    return len(overdue)


@operation(allow=the_system, done=_("Exam marked with the answers so far: its last day had passed"))
def hand_in_overdue(_actor: Actor, attempt: Attempt) -> Attempt:
    """Mark an exam that was begun and never handed in."""
    queries.locked(attempt.assignment)
    return _mark(attempt) if attempt.status is AttemptStatus.RUNNING else attempt


def _mark(attempt: Attempt) -> Attempt:
    for answer in attempt.answers:
        answer.right = exams.is_right(answer.question, answer.chosen)
    points = exams.score([bool(answer.right) for answer in attempt.answers])
    passed = exams.passes(attempt, points)
    ATTEMPTS.perform(SYSTEM, attempt, "pass" if passed else "fail", score=points)
    assignment = attempt.assignment
    if passed:
        ASSIGNMENTS.perform(SYSTEM, assignment, "pass")
    elif assignment.status is AssignmentStatus.OPEN and not entry_of(assignment).left:
        ASSIGNMENTS.perform(SYSTEM, assignment, "block")
    return attempt


@ATTEMPTS.after("pass", order=10)
@ATTEMPTS.after("fail", order=10)
def keep_exam(_actor: Actor, attempt: Attempt) -> None:
    """What was asked, answered and right is kept as it was."""
    records.EXAM.keep(attempt)


@ASSIGNMENTS.after("pass", order=5)
@ASSIGNMENTS.after("revoke", order=5)
def weigh_rounds(_actor: Actor, assignment: Assignment) -> None:
    """Of the rounds of this course that the person has passed, the one that holds longest counts."""
    rounds = queries.passed_rounds(assignment)
    for each in rounds:
        counts = each is rounds[-1]
        if counts and each.superseded_on is not None:
            count_again(SYSTEM, each)
        elif not counts and each.superseded_on is None:
            supersede(SYSTEM, each)


@operation(allow=the_system, done=_("Replaced by a later round"))
def supersede(_actor: Actor, assignment: Assignment) -> None:
    """A later round of the same course holds longer."""
    assignment.superseded_on = clock.today()


@operation(allow=the_system, done=_("Counts again: the certificate of the later round was revoked"))
def count_again(_actor: Actor, assignment: Assignment) -> None:
    """No other round of the same course holds longer any more."""
    assignment.superseded_on = None


@ASSIGNMENTS.after("pass", order=10)
def certify(_actor: Actor, assignment: Assignment) -> Certificate:
    """Issue the certificate of a passed course, and tick the task of the onboarding plan that waited for it.

    Raises LookupError for a course that was passed without a day.
    """
    if assignment.passed_on is None or assignment.valid_until is None:
        raise LookupError(f"{assignment!r} was passed without a day")
    best = max((each.score or 0 for each in assignment.attempts), default=0)
    certificate = Certificate(
        assignment=assignment,
        code=new_code(),
        issued_on=assignment.passed_on,
        valid_until=assignment.valid_until,
        score=best,
    )
    db.session.add(certificate)
    records.CERTIFICATE.keep(certificate)
    records.COURSE.keep(assignment)
    onboarding.course_passed(SYSTEM, assignment.user, course_code=assignment.course.code)
    return certificate


@ASSIGNMENTS.after("revoke", order=10)
def pass_again(_actor: Actor, assignment: Assignment) -> Assignment | None:
    """After a revoked certificate the course is owed again: as a new round, or as the renewal that is open already."""
    learner, newest = assignment.user, queries.newest(assignment)
    onboarding.course_lost(SYSTEM, learner, course_code=assignment.course.code)
    day = queries.pass_again_by(learner)
    if newest.id == assignment.id:
        return assign_again(SYSTEM, assignment, due_on=day)
    if newest.status in (AssignmentStatus.OPEN, AssignmentStatus.BLOCKED):
        newest.due_on = min(newest.due_on, day)
    return None


@operation(allow=the_system, done=_("Course assigned again: its certificate was revoked"))
def assign_again(_actor: Actor, assignment: Assignment, *, due_on: date) -> Assignment:
    """A new round of a course whose certificate was revoked."""
    successor = Assignment(
        user=assignment.user,
        course=assignment.course,
        cycle=assignment.cycle + 1,
        reason=assignment.reason,
        assigned_on=clock.today(),
        due_on=due_on,
        notice_text_id=texts.id_in_force(TextKind.TRAINING_NOTICE),
    )
    db.session.add(successor)
    return successor


@ASSIGNMENTS.after("drop", order=10)
def break_off(_actor: Actor, assignment: Assignment) -> None:
    """An exam that is under way ends with the duty."""
    for attempt in assignment.attempts:
        if attempt.status is AttemptStatus.RUNNING:
            ATTEMPTS.perform(SYSTEM, attempt, "abandon")


def new_code() -> str:
    """A code that nobody guesses and that can be typed: "7K3M-QX9P-2WHD"."""
    plain = "".join(secrets.choice(SIGNS) for _n in range(CODE_LENGTH))
    return "-".join(plain[start : start + 4] for start in range(0, CODE_LENGTH, 4))


@operation(allow=policies.REMIND, done=_("Reminder sent"))
def remind(actor: User, person: User, /) -> str:
    """Remind somebody of the courses that are due; their name. Raises NotPossible where none is."""
    return OWED.ask(actor, person)
