"""Whether an exam may be begun now, and what its rules mean for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from rmhr.core import clock
from rmhr.core.i18n import gettext
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus
from rmhr.training import exams, queries
from rmhr.training.progress import OWED


@dataclass(frozen=True)
class Entry:
    """Whether an exam may be begun now, and what its rules mean for this person."""

    questions: int
    used: int
    left: int
    running: Attempt | None
    opens_at: datetime | None  # the wait after a failed attempt, while it lasts
    unread: int  # lessons
    refusal: str  # why not now; empty where it may begin
    open: bool  # whether the course is still to be passed


def entry_of(assignment: Assignment) -> Entry:
    """The rules of the exam as they apply now."""
    taught, today = assignment.taught, clock.now()
    used = sum(each.status is not AttemptStatus.ABANDONED for each in assignment.attempts)
    left = max(taught.max_attempts + assignment.extra_attempts - used, 0)
    running = next((each for each in assignment.attempts if each.status is AttemptStatus.RUNNING), None)
    ended = [each.submitted_at for each in assignment.attempts if each.submitted_at]
    opens_at = max(ended) + timedelta(hours=taught.wait_hours) if ended else None
    opens_at = opens_at if opens_at and opens_at > today else None
    read = {row.lesson_id for row in assignment.lessons_read}
    unread = sum(
        lesson.id not in read for lesson in exams.lessons_for(taught, queries.people.rm_type(assignment.user))
    )
    refusal = ""
    if assignment.status is AssignmentStatus.PASSED:
        refusal = gettext("You have passed this course.")
    elif assignment.status is AssignmentStatus.REVOKED:
        refusal = gettext(
            "The certificate of this round was revoked. The course is to be passed again in a new one."
        )
    elif assignment.status is AssignmentStatus.DROPPED:
        refusal = gettext("You no longer have to take this course.")
    elif assignment.status is AssignmentStatus.BLOCKED or not left:
        refusal = gettext(
            "All attempts are used up. Your supervisor will talk to you and unlock another one."
        )
    elif unread:
        refusal = gettext("Read all lessons first. Then you can take the exam.")
    elif opens_at:
        refusal = gettext("There is a pause between two attempts, so that you can read up on what was wrong.")
    return Entry(
        questions=exams.length(taught, queries.people.rm_type(assignment.user)),
        used=used,
        left=left,
        running=running,
        opens_at=opens_at,
        unread=unread,
        refusal=refusal if running is None else "",
        open=assignment.status in OWED,
    )
