"""What the search in the bar finds of training: one's own courses, and those that one looks after."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts.queries.search import MOST, Hit, search
from rmhr.core.db import db
from rmhr.core.folding import folded
from rmhr.core.i18n import _, ngettext
from rmhr.models.accounts import User
from rmhr.models.training import Assignment, AssignmentStatus, Course
from rmhr.training import policies


def _says(course: Course, typed: str) -> bool:
    """Whether the name of a course, in whichever language, or its code says all these words."""
    text = folded(" ".join([course.code, *course.name.values()]))
    return all(folded(word) in text for word in typed.split()[:8])


@search
def _courses(viewer: User, typed: str) -> list[Hit]:
    """There are few courses: they are compared here, by what they are called in either language."""
    if policies.SEE_COURSES(viewer):
        found = [
            (course, "training.course", course.id)
            for course in db.session.scalars(sa.select(Course).order_by(Course.position))
        ]
    else:
        newest = (
            sa.select(sa.func.max(Assignment.id))
            .where(Assignment.user_id == viewer.id, Assignment.status != AssignmentStatus.DROPPED)
            .group_by(Assignment.course_id)
        )
        own = (
            sa.select(Course, Assignment.id)
            .join(Assignment, Assignment.course_id == Course.id)
            .where(Assignment.id.in_(newest))
            .order_by(Course.position)
        )
        found = [(course, "training.show", id) for course, id in db.session.execute(own)]
    return [
        Hit(_("Courses"), course.name, _minutes(course), endpoint, {"id": id})
        for course, endpoint, id in found
        if _says(course, typed)
    ][:MOST]


def _minutes(course: Course) -> str:
    return ngettext("About %(num)s minute", "About %(num)s minutes", course.minutes)
