"""Versions of courses: the next one is begun, written, thrown away; what follows from its publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import LANGUAGES, Words, _, gettext, speaking
from rmhr.core.mail import news
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.models.accounts import User
from rmhr.models.courses import CountsFor, Course, CourseVersion, VersionStatus
from rmhr.models.training import Assignment, AssignmentStatus, AttemptStatus, LessonRead
from rmhr.training import material, notifications, policies, queries
from rmhr.training.operations import rounds
from rmhr.training.workflow.assignments import ASSIGNMENTS, ATTEMPTS
from rmhr.training.workflow.courses import VERSIONS


@operation(allow=policies.WRITE, done=_("Next version begun"))
def begin_version(actor: User, course: Course) -> CourseVersion:
    """Begin the next version as a copy of what is taught. Raises NotPossible where one is on its way already."""
    course = queries.versions.locked(course)
    last = course.versions[-1]
    if last.status in queries.versions.ON_ITS_WAY:
        raise NotPossible(gettext("There is a draft of the next version already. Please open it again."))
    before = queries.versions.whole((course.current or last).id)
    draft = CourseVersion(number=last.number + 1, edited_by=actor)
    material.put(draft, material.of(before))
    try:
        with db.session.begin_nested():
            course.versions.append(draft)
            db.session.flush()
    except IntegrityError:
        raise NotPossible(
            gettext("There is a draft of the next version already. Please open it again.")
        ) from None
    return draft


@operation(allow=policies.WRITE, done=_("Facts of the draft saved"))
def set_facts(actor: User, version: CourseVersion, *, facts: Mapping[str, Any]) -> None:
    """Write the facts of a draft. Raises NotPossible for a version that is none."""
    written(actor, version)
    for name, value in facts.items():
        setattr(version, name, value)


def written(actor: User, version: CourseVersion) -> None:
    """Whoever writes in a draft is no second person for it. Raises NotPossible for a version that is no draft."""
    if version.status is VersionStatus.IN_REVIEW:
        raise NotPossible(gettext("This version is in review. Take it back to draft to change it."))
    if version.status is not VersionStatus.DRAFT:
        raise NotPossible(gettext("A published version is never changed. Begin the next version instead."))
    version.edited_by = actor


@operation(allow=policies.WRITE, done=_("Draft deleted"))
def throw_away(_actor: User, version: CourseVersion) -> bool:
    """Delete a draft, and its course where nothing else was ever there; say whether that is gone, too.

    Raises NotPossible for any other version.
    """
    if version.status is not VersionStatus.DRAFT:
        raise NotPossible(gettext("Only a draft can be deleted."))
    course = queries.versions.locked(version.course)
    if len(course.versions) == 1:
        db.session.delete(course)
        return True
    course.versions.remove(version)
    return False


@VERSIONS.after("publish", order=10)
def forget_what_was_deleted(_actor: Actor, version: CourseVersion) -> None:
    """What was deleted while it was written cannot be brought back any more; the history keeps it."""
    for part in queries.versions.all_deleted(version):
        db.session.delete(part)


@VERSIONS.after("withdraw", order=10)
def go_back(_actor: Actor, version: CourseVersion) -> None:
    """The version before is taught again; whoever was in this one begins that one, or is required nothing."""
    before = queries.versions.before(version)
    if before is not None:
        teach_again(SYSTEM, before)
    for assignment in queries.versions.begun(version):
        leave(SYSTEM, assignment, before=before)


@operation(allow=the_system, done=_("Taught again: the later version was withdrawn"))
def teach_again(_actor: Actor, version: CourseVersion) -> None:
    """No later version is taught."""
    version.replaced_at = None


@operation(allow=the_system, done=_("Version changed: the one before was withdrawn"))
def leave(_actor: Actor, assignment: Assignment, *, before: CourseVersion | None) -> None:
    """Somebody was in a version that should not have been published: what they did in it counts for nothing."""
    for attempt in assignment.attempts:
        if attempt.status is AttemptStatus.RUNNING:
            ATTEMPTS.perform(SYSTEM, attempt, "abandon")
    if before is not None:
        assignment.lessons_read.clear()
        assignment.taught = before
    elif assignment.status in (AssignmentStatus.OPEN, AssignmentStatus.BLOCKED):
        ASSIGNMENTS.perform(SYSTEM, assignment, "drop", note=gettext("The version was withdrawn."))


def settle_all(_actor: Actor) -> int:
    """Let those know whom the versions concern that can no longer be withdrawn; say how many. Twice is harmless."""
    return len(one_by_one(queries.versions.to_settle(), lambda version: settle(SYSTEM, version)))


@operation(allow=the_system, done=_("Version settled: whom it concerns takes it"))
def settle(actor: Actor, version: CourseVersion) -> None:
    """Whoever has not begun takes this version; where it counts for holders, they take what has changed."""
    version.settled_at = clock.now()
    for assignment in queries.versions.not_begun_in_others(version):
        assignment.taught = version
    if version.counts_for is CountsFor.HOLDERS and version.change_by is not None:
        for assignment in queries.versions.holders_of_others(version):
            take_change(actor, assignment, version=version)


@operation(allow=the_system, done=_("Course assigned again: it has changed"))
def take_change(actor: Actor, assignment: Assignment, *, version: CourseVersion) -> Assignment:
    """Somebody holds the course by an earlier version: they read what has changed, and take the exam.

    What stands in both versions alike counts as read.
    """
    made = rounds.next_round(assignment, due_on=version.change_by or assignment.due_on)
    made.taught, made.reason = version, _changed(version)
    known = {each.code: material.lesson_of(each) for each in assignment.taught.lessons}
    now = clock.now()
    for lesson in version.lessons:
        if known.get(lesson.code) == material.lesson_of(lesson):
            made.lessons_read.append(LessonRead(lesson=lesson, read_at=now))
    news.tell(notifications.ASSIGNED, made, actor)
    return made


def _changed(version: CourseVersion) -> Words:
    said = Words()
    for code in LANGUAGES:
        with speaking(code):
            said[code] = gettext("What has changed in version %(number)s", number=version.number)
    return said
