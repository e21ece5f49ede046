"""What the search in the bar finds of training: one's own courses, and those that one looks after."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts.queries.search import MOST, Hit, like, search
from rmhr.core.db import db
from rmhr.core.i18n import LANGUAGES, _, ngettext
from rmhr.models.accounts import User
from rmhr.models.training import Assignment, AssignmentStatus, Course
from rmhr.training import policies


def _says(word: str) -> sa.ColumnElement[bool]:
    """The condition that the name of a course contains the word, in whichever language."""
    names = [sa.type_coerce(Course.name, sa.JSON)[code].as_string() for code in LANGUAGES]
    return sa.or_(*(like(name, word) for name in names), like(Course.code, word))


@search
def _courses(viewer: User, typed: str) -> list[Hit]:
    words = [_says(word) for word in typed.split()[:8]]
    if policies.SEE_COURSES(viewer):
        found = db.session.scalars(sa.select(Course).where(*words).order_by(Course.position).limit(MOST))
        return [
            Hit(_("Courses"), each.name, _minutes(each), "training.course", {"id": each.id}) for each in found
        ]
    newest = (
        sa.select(sa.func.max(Assignment.id))
        .where(Assignment.user_id == viewer.id, Assignment.status != AssignmentStatus.DROPPED)
        .group_by(Assignment.course_id)
    )
    own = db.session.execute(
        sa.select(Course, Assignment.id)
        .join(Assignment, Assignment.course_id == Course.id)
        .where(Assignment.id.in_(newest), *words)
        .order_by(Course.position)
        .limit(MOST)
    )
    return [
        Hit(_("Courses"), course.name, _minutes(course), "training.show", {"id": id}) for course, id in own
    ]


def _minutes(course: Course) -> str:
    return ngettext("About %(num)s minute", "About %(num)s minutes", course.minutes)
