"""What the search in the bar finds of training: the courses that one sees, and one's own duties to take them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.accounts.queries.search import MOST, Hit, search
from rmhr.core.db import db
from rmhr.core.folding import folded
from rmhr.core.i18n import _, ngettext
from rmhr.models.accounts import User
from rmhr.models.courses import CourseVersion
from rmhr.models.training import Assignment, AssignmentStatus
from rmhr.training import queries


def _says(version: CourseVersion, typed: str) -> bool:
    """Whether the name of a course, in whichever language, or its code says all these words."""
    text = folded(" ".join([version.course.code, *version.name.values()]))
    return all(folded(word) in text for word in typed.split()[:8])


@search
def _courses(viewer: User, typed: str) -> list[Hit]:
    """There are few courses: they are compared here, by what they are called in either language."""
    newest = (
        sa.select(sa.func.max(Assignment.id))
        .where(Assignment.user_id == viewer.id, Assignment.status != AssignmentStatus.DROPPED)
        .group_by(Assignment.course_id)
    )
    own = {
        each.course_id: each
        for each in db.session.scalars(
            sa.select(Assignment)
            .where(Assignment.id.in_(newest))
            .options(joinedload(Assignment.taught).joinedload(CourseVersion.course))
        )
    }
    # Whoever has to take a course wants to take it; all others look at it.
    found = [(each.taught, "training.show", each.id) for each in own.values()]
    found += [
        (each, "training.course", each.course_id)
        for each in db.session.scalars(queries.courses.shown(viewer))
        if each.course_id not in own
    ]
    found.sort(key=lambda one: (one[0].course.position, one[2]))
    return [
        Hit(_("Courses"), version.name, _minutes(version), endpoint, {"id": id})
        for version, endpoint, id in found
        if _says(version, typed)
    ][:MOST]


def _minutes(version: CourseVersion) -> str:
    return ngettext("About %(num)s minute", "About %(num)s minutes", version.minutes)
