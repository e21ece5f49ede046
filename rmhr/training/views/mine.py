"""One's own courses, one course, its lessons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core.history import audit
from rmhr.core.i18n import gettext, ngettext
from rmhr.core.words import day_bare, day_text, days_since, in_days
from rmhr.duties.queries import texts
from rmhr.models.duties import TextKind
from rmhr.models.training import Assignment, CourseState
from rmhr.training import operations, policies, queries, records
from rmhr.training.entry import entry_of
from rmhr.training.progress import OWED, Progress
from rmhr.training.views.blueprint import bp
from rmhr.training.workflow.assignments import ASSIGNMENTS
from rmhr.web.auth import me
from rmhr.web.downloads import send as send_document

L = TypeVar("L")


@bp.get("/", access=STAFF)
def mine() -> ResponseReturnValue:
    """One's own courses; whoever has none and leads a team sees that."""
    held = queries.standing.courses_of(me())
    if not held and policies.SEE_TEAM(me()):
        return redirect(url_for(".team"))
    # Whose attempts are used up can do nothing but talk; something else may come first.
    owed = [it for it in held if it.state is not CourseState.VALID]
    first = next((it for it in owed if not it.progress.blocked), None)
    return render_template(
        "training/mine.html",
        held=held,
        first=first,
        said=said,
        valid=sum(it.progress.held for it in held),
        kept=records.names_of(it.progress.assignment_id for it in held),
        manages=policies.SEE_TEAM(me()),
    )


@bp.get("/data-protection", access=STAFF)
def privacy() -> ResponseReturnValue:
    """What is stored about one's courses, as the bank has put it in force."""
    return render_template("training/privacy.html", told=texts.told(TextKind.TRAINING_NOTICE))


def said(progress: Progress) -> str:
    """The date of a state in a few words: "by Wed 2 Dec", "to 12 Nov 2027", "2 of 3 attempts"."""
    state, on = progress.state, progress.on
    if state is CourseState.FAILED:
        return gettext("%(used)s of %(all)s attempts", used=progress.used, all=progress.allowed)
    if state is CourseState.VALID:
        return gettext("to %(day)s", day=day_bare(on))
    if state in (CourseState.OPEN, CourseState.NOT_DUE):
        return gettext("by %(day)s", day=day_text(on))
    if state in (CourseState.LATE, CourseState.EXPIRED):
        return gettext("%(day)s, %(ago)s", day=day_text(on), ago=days_since(on))
    return gettext("%(day)s, %(left)s", day=day_text(on), left=in_days(on))


@bp.get("/<int:id>", access=STAFF)
def show(id: int) -> ResponseReturnValue:
    """A course of one person: the lessons, the exam and its rules, the attempts, the certificate."""
    assignment = queries.assignments.get(me(), id)
    newest, progress = queries.assignments.standing_of(assignment)
    own, read = assignment.user_id == me().id, records.of_assignment(assignment)
    return render_template(
        "training/show.html",
        assignment=assignment,
        newest=newest if newest != assignment.id else None,
        read=read,
        says=read.says,
        open=assignment.status in OWED,
        progress=progress,
        entry=entry_of(assignment),
        path=path_of(assignment, read.says, own),
        moves=ASSIGNMENTS.moves(me(), assignment),
        timeline=audit.timeline(assignment, *assignment.attempts),
        own=own,
        said=said,
    )


def path_of(assignment: Assignment, says: Any, own: bool) -> list[dict[str, Any]]:
    """The lessons and the exam as components/path.html draws them; `says`: what records.COURSE tells."""
    read = {row.lesson_id for row in assignment.lessons_read}
    open_, over = assignment.status in OWED, assignment.status in records.CONCLUDED
    stations: list[dict[str, Any]] = []
    for number, lesson in enumerate(says.lessons, 1):
        stations.append(
            {
                "words": lesson.title,
                "note": gettext("Lesson %(number)s", number=number),
                "done": over or lesson.id in read,
                "url": url_for(".lesson", id=assignment.id, number=number) if own else None,
            }
        )
    stations.append(
        {
            "words": gettext("Exam"),
            "note": ngettext("%(num)s question", "%(num)s questions", says.questions),
            "done": over,
            "url": url_for(".exam", id=assignment.id) if own and open_ else None,
        }
    )
    now = next((station for station in stations if not station["done"]), None)
    for station in stations:
        station["state"] = "done" if station["done"] else "now" if station is now else "later"
    return stations


def _numbered(lessons: Sequence[L], number: int) -> L:
    if not 1 <= number <= len(lessons):
        abort(404)
    return lessons[number - 1]


@bp.get("/<int:id>/lessons/<int:number>", access=STAFF)
def lesson(id: int, number: int) -> ResponseReturnValue:
    """A lesson to read."""
    assignment = queries.assignments.own(me(), id)
    kept = records.of_assignment(assignment)
    return render_template(
        "training/lesson.html",
        assignment=assignment,
        read=kept,
        course=kept.says.name,
        lesson=_numbered(kept.says.lessons, number),
        number=number,
        total=len(kept.says.lessons),
        open=assignment.status in OWED,
        picture=lambda document_id: url_for(".lesson_file", id=id, document_id=document_id),
    )


@bp.get("/<int:id>/files/<int:document_id>", access=STAFF)
def lesson_file(id: int, document_id: int) -> ResponseReturnValue:
    """A picture or an attachment of one of its lessons."""
    assignment = queries.assignments.own(me(), id)
    return send_document(queries.versions.file_of(assignment.taught, document_id), inline=True)


@bp.post("/<int:id>/lessons/<int:number>", access=STAFF)
def read(id: int, number: int) -> ResponseReturnValue:
    """Read, and on to the next one; after the last one to the exam."""
    assignment = queries.assignments.own(me(), id)
    lessons = records.lessons_for(assignment)
    operations.exams.read_lesson(me(), assignment, lesson=_numbered(lessons, number))
    if number < len(lessons):
        return redirect(url_for(".lesson", id=id, number=number + 1))
    return redirect(url_for(".exam" if assignment.status in OWED else ".show", id=id))
