"""How people stand with their courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.courses import Course, CourseVersion
from rmhr.models.training import Assignment, CourseState
from rmhr.training.progress import Progress, of_row, progress_rows


@dataclass(frozen=True)
class Held:
    """A course of one person and how they stand with it."""

    course: Course
    taught: CourseVersion
    progress: Progress

    @property
    def state(self) -> CourseState:
        """The state today."""
        return self.progress.state

    @property
    def order(self) -> tuple[bool, date, int]:
        """Required first, soonest first."""
        return (self.state is CourseState.VALID, self.progress.on, self.course.position)


def courses_of(user: User) -> list[Held]:
    """The courses of this person: what is required first, soonest due first. One query."""
    found = db.session.execute(_courses_held(), {"user_id": user.id})
    held = [Held(row[0], row[1], of_row(row, row[1].max_attempts)) for row in found]
    return sorted(held, key=lambda it: it.order)


@cache
def _courses_held() -> sa.Select[Any]:
    """The statement of `courses_of`, made once: many pages ask it."""
    rows = progress_rows(Assignment.user_id == sa.bindparam("user_id"))
    return (
        sa.select(Course, CourseVersion, rows)
        .join(rows, rows.c.course_id == Course.id)
        .join(Assignment, Assignment.id == rows.c.assignment_id)
        .join(CourseVersion, CourseVersion.id == Assignment.course_version_id)
    )


def by_course(people: Sequence[User]) -> Mapping[int, Mapping[int, Progress]]:
    """How each of these people stands with each course that is theirs, by their ids. One query."""
    rows = progress_rows(Assignment.user_id.in_([person.id for person in people]))
    newest = Assignment.id == rows.c.assignment_id
    query = (
        sa.select(rows, CourseVersion.max_attempts)
        .join(Assignment, newest)
        .join(CourseVersion, CourseVersion.id == Assignment.course_version_id)
    )
    found: dict[int, dict[int, Progress]] = defaultdict(dict)
    for row in db.session.execute(query):
        found[row.user_id][row.course_id] = of_row(row, row.max_attempts)
    return found
