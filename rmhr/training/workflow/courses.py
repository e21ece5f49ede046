"""The lives of a course and of its versions: a draft, reviewed by a second person, published, followed by the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.courses import CountsFor, Course, CourseStatus, CourseVersion
from rmhr.models.courses import VersionStatus as V
from rmhr.training import checklist, notifications, policies, queries
from rmhr.training.forms.courses import ReasonForm, ReturnVersionForm, SubmitVersionForm


def _not_ready(version: CourseVersion) -> Any:
    if version.course.status is CourseStatus.RETIRED:
        return gettext("The course is retired. Bring it back first.")
    return checklist.why_not(version)


def _stays(version: CourseVersion) -> Any:
    if not version.is_taught:
        return gettext("A later version has taken its place.")
    published = version.published_at or clock.now()
    if version.settled_at is not None or published <= queries.versions.final_since():
        return gettext("It was published more than an hour ago. Publish another version instead.")
    if queries.versions.is_passed(version):
        return gettext("Somebody has passed it already. Publish another version instead.")
    return None


def _submitted(
    actor: User,
    version: CourseVersion,
    *,
    reason: str,
    reviewer_id: int,
    counts_for: CountsFor,
    change_by: date | None,
) -> None:
    version.submitted_by, version.submitted_at, version.reviewer_id = actor, clock.now(), reviewer_id
    version.reason, version.counts_for, version.change_by = reason, counts_for, change_by


def _a_draft_again(_actor: User, version: CourseVersion) -> None:
    version.submitted_by = version.submitted_at = None


def _published(actor: User, version: CourseVersion) -> None:
    now = clock.now()
    before = queries.versions.locked(version.course).current
    version.published_by, version.published_at = actor, now
    if before is not None:
        before.replaced_at = now


def _retired(_actor: User, course: Course) -> None:
    course.retired_on = clock.today()


def _given_again(_actor: User, course: Course) -> None:
    course.retired_on = None


VERSIONS = Workflow(
    "course_versions",
    initial=V.DRAFT,
    transitions=[
        Transition(
            name="submit",
            sources=(V.DRAFT,),
            target=V.IN_REVIEW,
            label=_("Send to review…"),
            done=_("Version sent to review"),
            allow=policies.WRITE,
            guard=_not_ready,
            form=SubmitVersionForm,
            apply=_submitted,
            notify=(notifications.VERSION_TO_REVIEW,),
            tone="primary",
        ),
        Transition(
            name="publish",
            sources=(V.IN_REVIEW,),
            target=V.PUBLISHED,
            label=_("Publish"),
            done=_("Version published by a second person"),
            allow=policies.PUBLISH,
            guard=_not_ready,
            apply=_published,
            confirm=_(
                "Whoever begins the course from now on takes this version. Whoever is in the one before finishes "
                "that. Within an hour it can be withdrawn; after it, whoever else it concerns is told."
            ),
            notify=(notifications.VERSION_PUBLISHED,),
            tone="primary",
        ),
        Transition(
            name="return",
            sources=(V.IN_REVIEW,),
            target=V.DRAFT,
            label=_("Send back…"),
            done=_("Version sent back"),
            allow=policies.PUBLISH,
            form=ReturnVersionForm,
            notify=(notifications.VERSION_RETURNED,),
        ),
        Transition(
            name="take_back",
            sources=(V.IN_REVIEW,),
            target=V.DRAFT,
            label=_("Back to draft"),
            done=_("Version taken back to draft"),
            allow=policies.WRITE,
            apply=_a_draft_again,
        ),
        Transition(
            name="withdraw",
            sources=(V.PUBLISHED,),
            target=V.WITHDRAWN,
            label=_("Withdraw…"),
            done=_("Version withdrawn: it was published by mistake"),
            allow=policies.WRITE,
            guard=_stays,
            form=ReasonForm,
            confirm=_(
                "The version before is taught again. Whoever has begun this one begins that one; a course that has no "
                "version before is required of nobody."
            ),
            tone="danger",
        ),
    ],
    next_steps={
        V.DRAFT: Rests(
            "Nobody has to change a course; what is taught is taught until another version is published."
        ),
        V.IN_REVIEW: Owed("training.review"),
        V.PUBLISHED: Rests("It is taught until a later one takes its place."),
    },
)

COURSES = Workflow(
    "courses",
    initial=CourseStatus.ACTIVE,
    transitions=[
        Transition(
            name="retire",
            sources=(CourseStatus.ACTIVE,),
            target=CourseStatus.RETIRED,
            label=_("Retire…"),
            done=_("Course retired"),
            allow=policies.WRITE,
            form=ReasonForm,
            apply=_retired,
            confirm=_(
                "It is assigned to nobody any more, nobody is reminded of it, and no certificate of it has to be "
                "renewed. Whoever is in the exam may finish it. Certificates and history stay."
            ),
            tone="danger",
        ),
        Transition(
            name="reinstate",
            sources=(CourseStatus.RETIRED,),
            target=CourseStatus.ACTIVE,
            label=_("Bring back…"),
            done=_("Course brought back"),
            allow=policies.WRITE,
            form=ReasonForm,
            apply=_given_again,
            confirm=_("It is assigned again to whoever it is mandatory for and does not hold it."),
        ),
    ],
    next_steps={
        CourseStatus.ACTIVE: Rests("It is given until somebody retires it."),
        CourseStatus.RETIRED: Rests("It is history; it is given again only if somebody brings it back."),
    },
)
