"""Courses: one is begun, its facts are kept, it is handed over; what follows when it is retired or brought back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.folding import folded
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.patterns import Pattern
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import User
from rmhr.models.courses import Course, CourseArea, CourseAudience, CourseKind, CourseVersion
from rmhr.models.training import AttemptStatus
from rmhr.training import policies, queries
from rmhr.training.operations import assignments
from rmhr.training.workflow.assignments import ASSIGNMENTS
from rmhr.training.workflow.courses import COURSES

#: What a version begins with that has none before it.
USUAL = {
    "due_days": 30,
    "interval_months": 12,
    "minutes": 30,
    "pass_mark": 80,
    "max_attempts": 3,
    "wait_hours": 24,
    "questions_per_exam": 5,
}
LONGEST_CODE = 40
_NOT_IN_A_CODE = Pattern(r"[^a-z0-9]+")


@operation(allow=policies.BEGIN_COURSE, done=_("Course begun"))
def begin(
    actor: User, _nothing: None, /, *, name: Words, area: CourseArea, kind: CourseKind
) -> CourseVersion:
    """Begin a course with the draft of its version 1. Raises NotPossible where there is one of this name."""
    last = db.session.scalar(sa.select(sa.func.max(Course.position))) or 0
    course = Course(code=code_of(name), position=last + 1, area=area, kind=kind)
    draft = CourseVersion(
        number=1,
        name=name,
        short=Words(),
        objectives=Words(),
        rm_types=[],
        blocks=[],
        cpd={},
        edited_by=actor,
        **USUAL,
    )
    course.versions.append(draft)
    try:
        with db.session.begin_nested():
            db.session.add(course)
            db.session.flush()
    except IntegrityError:
        raise NotPossible(gettext("There is a course of this name already.")) from None
    return draft


def code_of(name: Words) -> str:
    """What a course is known by in files: "anti_money_laundering"."""
    said = name.get("en") or name.get("de") or ""
    return _NOT_IN_A_CODE.sub("_", folded(said)).strip("_")[:LONGEST_CODE] or "course"


@operation(allow=policies.WRITE, done=_("Facts of the course saved"))
def describe(
    _actor: Actor,
    course: Course,
    *,
    area: CourseArea,
    kind: CourseKind,
    provider: str,
    owner_id: int | None,
    audience: CourseAudience,
) -> None:
    """Write down what stays the same whatever its versions teach."""
    course.area, course.kind, course.provider = area, kind, provider
    course.owner_id, course.audience = owner_id, audience


@COURSES.after("retire", order=10)
def require_no_more(_actor: Actor, course: Course) -> None:
    """Nobody has to take it any more; whoever is in the exam may finish it, and is through with it either way."""
    for assignment in queries.assignments.owed_of(course):
        if not any(each.status is AttemptStatus.RUNNING for each in assignment.attempts):
            ASSIGNMENTS.perform(SYSTEM, assignment, "drop", note=gettext("The course was retired."))


@COURSES.after("reinstate", order=10)
def require_again(_actor: Actor, course: Course) -> None:
    """Whoever it is mandatory for and who does not hold it owes it again."""
    for employee in queries.people.mandatory_for(course):
        assignments.assign_required(SYSTEM, employee, note=gettext("The course is given again."))
