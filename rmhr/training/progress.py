"""How far somebody is with a course: a row per person and course, and the state that follows from its dates.

The state is said twice, in Python for what is shown and in SQL for what is counted and filtered;
tests/training/test_progress.py holds them together. It follows from the duties that count now: what is owed, and of
what was passed the round that holds longest. All others are history (`superseded_on`), and are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.core import clock
from rmhr.core.db import this_day
from rmhr.law import deadlines
from rmhr.models.courses import Course, CourseStatus
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus, CourseState

#: What is still to be passed.
OWED = (AssignmentStatus.OPEN, AssignmentStatus.BLOCKED)
#: What a standing follows from.
STANDING = (*OWED, AssignmentStatus.PASSED)

#: Days before the due date from which a course is due soon, and from which it is worth beginning.
SOON, NEAR = deadlines.FINISH_COURSE.number, deadlines.BEGIN_COURSE.number
#: Days before the end from which a course can be renewed.
RENEWAL_OPENS = deadlines.RENEW_CERTIFICATE.number


@dataclass(frozen=True)
class Progress:
    """One person and one course: what is owed, and what is held."""

    user_id: int
    course_id: int
    assignment_id: int  # the newest
    due_on: date | None  # of what is owed; None where nothing is
    valid_until: date | None  # of what is held; None where it was never passed
    blocked: bool  # all attempts are used up
    failed: bool  # the duty that is owed has a failed attempt
    used: int  # attempts at what is owed
    allowed: int  # how many there may be

    @cached_property
    def state(self) -> CourseState:
        """The state today."""
        return state_of(self.due_on, self.valid_until, self.blocked, self.failed, clock.today())

    @property
    def on(self) -> date:
        """The last day of validity, else the day by which it is to be passed. Raises LookupError without either."""
        day = self.valid_until or self.due_on
        if day is None:
            raise LookupError("a duty without a day")
        return day

    @property
    def held(self) -> bool:
        """Whether the course is passed and still good."""
        return self.valid_until is not None and self.valid_until >= clock.today()


def state_of(
    due_on: date | None, valid_until: date | None, blocked: bool, failed: bool, today: date
) -> CourseState:
    """What follows from the dates. What was held and has run out weighs more than what is only due.

    Raises LookupError for what has neither day.
    """
    if blocked:
        return CourseState.FAILED
    if valid_until is not None:
        if valid_until < today:
            return CourseState.EXPIRED
        near = valid_until <= today + timedelta(days=RENEWAL_OPENS)
        return CourseState.EXPIRING if near else CourseState.VALID
    if due_on is None:
        raise LookupError("a duty without a day")
    if due_on < today:
        return CourseState.LATE
    if failed:
        return CourseState.FAILED
    if due_on <= today + timedelta(days=SOON):
        return CourseState.SOON
    return CourseState.OPEN if due_on <= today + timedelta(days=NEAR) else CourseState.NOT_DUE


def progress_rows(*which: sa.ColumnElement[bool]) -> sa.Subquery:
    """A row per person and course: user_id, course_id, and the columns that `of_row` reads.

    `which` narrows the duties that are looked at, by conditions on Assignment.
    """
    owed = Assignment.status.in_(OWED)
    attempts = sa.select(sa.func.count()).where(
        Attempt.assignment_id == Assignment.id, Attempt.status != AttemptStatus.ABANDONED
    )
    used = attempts.correlate(Assignment).scalar_subquery()
    failed = attempts.where(Attempt.status == AttemptStatus.FAILED).correlate(Assignment).scalar_subquery()
    return (
        sa.select(
            Assignment.user_id,
            Assignment.course_id,
            sa.func.max(Assignment.id).label("assignment_id"),
            sa.func.max(sa.case((owed, Assignment.due_on))).label("due_on"),
            sa.func.max(Assignment.valid_until).label("valid_until"),
            sa.func.max(_number(Assignment.status == AssignmentStatus.BLOCKED)).label("blocked"),
            sa.func.max(_number(sa.and_(owed, failed > 0))).label("failed"),
            sa.func.max(sa.case((owed, used), else_=0)).label("used"),
            sa.func.max(sa.case((owed, Assignment.extra_attempts), else_=0)).label("extra"),
        )
        .where(
            *which,
            Assignment.status.in_(STANDING),
            Assignment.superseded_on.is_(None),
            given(Assignment.course_id),
        )
        .group_by(Assignment.user_id, Assignment.course_id)
        .subquery()
    )


def given(course_id: Any) -> sa.ColumnElement[bool]:
    """The condition that a course is still given: of one that is retired, what was passed is history."""
    retired = sa.select(Course.id).where(Course.status == CourseStatus.RETIRED)
    found: sa.ColumnElement[bool] = course_id.not_in(retired)
    return found


def _number(condition: sa.ColumnElement[bool]) -> sa.Case[int]:
    return sa.case((condition, 1), else_=0)


def unsettled(narrow: Callable[[Any], Sequence[sa.ColumnElement[bool]]] = lambda _user_id: ()) -> sa.Subquery:
    """A row per person and course of what is owed, and of what has run out or ends soon, with all that a state needs.

    Each is reached by an index: what is valid and owed by nobody, which is nearly all of a large bank, is not read.
    `narrow` gives conditions on the id of the person.
    """
    held = aliased(Assignment)
    same = sa.and_(held.user_id == Assignment.user_id, held.course_id == Assignment.course_id)
    failed = sa.select(Attempt.id).where(
        Attempt.assignment_id == Assignment.id, Attempt.status == AttemptStatus.FAILED
    )
    owed = (
        sa.select(
            Assignment.user_id,
            Assignment.course_id,
            Assignment.due_on.label("due_on"),
            held.valid_until.label("valid_until"),
            _number(Assignment.status == AssignmentStatus.BLOCKED).label("blocked"),
            _number(failed.correlate(Assignment).exists()).label("failed"),
        )
        .outerjoin(held, sa.and_(same, held.status == AssignmentStatus.PASSED, held.superseded_on.is_(None)))
        .where(Assignment.status.in_(OWED), given(Assignment.course_id), *narrow(Assignment.user_id))
    )
    renewed = sa.select(Assignment.id).where(same, Assignment.status.in_(OWED)).correlate(held)
    ending = sa.select(
        held.user_id,
        held.course_id,
        sa.cast(sa.null(), sa.Date),
        held.valid_until,
        sa.literal(0),
        sa.literal(0),
    ).where(
        held.superseded_on.is_(None),
        held.valid_until <= this_day(RENEWAL_OPENS),
        given(held.course_id),
        ~renewed.exists(),
        *narrow(held.user_id),
    )
    return sa.union_all(owed, ending).subquery()


def of_row(row: Any, max_attempts: int) -> Progress:
    """A row of `progress_rows` as a Progress."""
    return Progress(
        user_id=row.user_id,
        course_id=row.course_id,
        assignment_id=row.assignment_id,
        due_on=row.due_on,
        valid_until=row.valid_until,
        blocked=bool(row.blocked),
        failed=bool(row.failed),
        used=row.used,
        allowed=max_attempts + row.extra,
    )


def state_in_sql(row: Any, said: Callable[[CourseState], str] = lambda state: state.value) -> sa.Case[str]:
    """`state_of` for a row of `progress_rows` or `unsettled`: what is `said` of a CourseState, else its value."""
    S = CourseState
    today = this_day()

    return sa.case(
        (row.blocked == 1, said(S.FAILED)),
        (row.valid_until < today, said(S.EXPIRED)),
        (row.valid_until <= this_day(RENEWAL_OPENS), said(S.EXPIRING)),
        (row.valid_until.is_not(None), said(S.VALID)),
        (row.due_on < today, said(S.LATE)),
        (row.failed == 1, said(S.FAILED)),
        (row.due_on <= this_day(SOON), said(S.SOON)),
        (row.due_on <= this_day(NEAR), said(S.OPEN)),
        else_=said(S.NOT_DUE),
    )
