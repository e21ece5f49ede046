"""The mandatory courses with lessons and exam questions, from rmhr/content/{courses,lessons,exams}.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from rmhr.content import ContentError, Entry, read, words
from rmhr.content.loading import Loaded, finished
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.courses import (
    Blocked,
    BlockKind,
    Course,
    CourseArea,
    CourseVersion,
    QuestionType,
    VersionStatus,
)
from rmhr.training import queries
from rmhr.training.material import Material, of, put
from rmhr.training.quality import with_source

ACTION = "training.load_content"
#: Why there is a version that nobody of the bank has begun.
REASON = "Newer starter content of the product"
registry.SENTENCES.add(ACTION, _("Starter courses loaded"))


def load() -> Loaded:
    """Make of each starter course that is missing version 1, published; of one that is there, what its file says now.

    What is published is never changed: what a newer file says is put down as the draft of the next version, which
    follows its file until somebody of the bank edits it. Where the bank has written a version of its own, the newer
    text is listed instead. Raises ContentError for a course without lessons or exam, and for a lesson or question of an
    objective that the course has not.
    """
    given = sorted(read("courses")["courses"], key=lambda each: each["initial_due_days"])
    codes = [each["id"] for each in given]
    taught = {each.among("course", codes): each for each in read("lessons")["courses"]}
    asked = {each.among("course", codes): each for each in read("exams")["exams"]}
    for each in given:
        for parts, what in ((taught, "lessons"), (asked, "exam")):
            if each["id"] not in parts:
                raise ContentError(f"{each.place('id')}: the course “{each['id']}” has no {what}")
    defaults = read("courses")["defaults"]
    areas = {each["id"]: CourseArea(each.among("area", CourseArea)) for each in given}
    wanted = {each["id"]: _material(each, taught[each["id"]], asked[each["id"]], defaults) for each in given}
    finished("courses", "lessons", "exams")
    there = {each.code: each for each in queries.courses.whole()}
    became = Loaded()
    with audit.acting(SYSTEM, ACTION):
        for position, code in enumerate(codes, 1):
            course = there.get(code)
            if course is None:
                db.session.add(_begun(Course(code=code, position=position, area=areas[code]), wanted[code]))
                became += Loaded(added=1)
            else:
                became += _put_down(course, wanted[code])
        db.session.flush()
    return became


def _begun(course: Course, material: Material) -> Course:
    """A course with its version 1, which the product brings and nobody has to publish."""
    first = CourseVersion(number=1, status=VersionStatus.PUBLISHED)
    first.published_at = first.settled_at = clock.now()
    put(first, material)
    course.versions.append(first)
    return course


def _put_down(course: Course, material: Material) -> Loaded:
    last = course.versions[-1]
    if of(last).says_the_same(material):
        return Loaded()
    if any(each.edited_by_id is not None for each in course.versions):
        return Loaded(kept=(f"course {course.code}: version {last.number}",))
    if last.status is VersionStatus.DRAFT:
        course.versions.remove(last)
        db.session.flush()
    fresh = CourseVersion(number=last.number + (last.status is not VersionStatus.DRAFT), reason=REASON)
    put(fresh, material)
    course.versions.append(fresh)
    return Loaded(updated=1) if last.status is VersionStatus.DRAFT else Loaded(added=1)


def _material(course: Entry, taught: Entry, asked: Entry, defaults: Entry) -> Material:
    aims = [aim["id"] for aim in course["objectives"]]
    by_id = {each["id"]: each for each in taught["lessons"]}
    return Material(
        facts=_facts(course, taught, defaults),
        lessons=[_lesson(each, aims) for each in taught["lessons"]],
        questions=[_question(each, by_id) for each in asked["questions"]],
    )


def _facts(given: Entry, taught: Entry, defaults: Entry) -> dict[str, Any]:
    return {
        "name": words(given["name"]),
        "short": words(taught["short"]),
        "objectives": _sentence(given["objectives"]),
        "rm_types": given.among("rm_types", RmType),
        "due_days": given["initial_due_days"],
        "interval_months": given["interval_months"],
        "minutes": given["duration_minutes"],
        "pass_mark": given["pass_mark_percent"],
        "max_attempts": given.get("max_attempts", defaults["max_attempts"]),
        "wait_hours": given.get("wait_hours", defaults["wait_hours_between_attempts"]),
        "questions_per_exam": given.get("questions_per_exam", defaults["questions_per_exam"]),
        "blocks": given.among("blocking_for", Blocked),
        "cpd": {},  # how much of it counts under which rules, the bank decides
    }


def _sentence(aims: Sequence[Entry]) -> Words:
    """The objectives of a course, one after the other."""
    said = [words(each) for each in aims]
    return Words({code: ", ".join(each[code] for each in said) for code in LANGUAGES})


def _lesson(given: Entry, aims: Collection[str]) -> dict[str, Any]:
    given.among("covers", aims)
    _looked_at_again(given)
    only = {"code": "text", "kind": BlockKind.TEXT, "text": words(given["text"]), "content": {}}
    return {
        "code": given["id"],
        "title": words(given["title"]),
        "rm_types": given.among("rm_types", RmType, []),
        "parts": [{**only, "document_id": None}],
    }


def _question(given: Entry, lessons: Mapping[str, Entry]) -> dict[str, Any]:
    options = [{"id": each["id"], **words(each)} for each in given["options"]]
    rm_types = given.among("rm_types", RmType, [])
    lesson = lessons[given.among("lesson", [id for id, each in lessons.items() if _taught(each, rm_types)])]
    given.among("objective", lesson["covers"])
    _looked_at_again(given)
    return {
        "code": given["id"],
        "type": QuestionType(given.among("type", QuestionType)),
        "rm_types": rm_types,
        "text": words(given["text"]),
        "options": options,
        "correct": given.among("correct", [each["id"] for each in options]),
        "explanation": with_source(words(given["explanation"]), words(given["source"])),
    }


def _taught(lesson: Entry, rm_types: Collection[str]) -> bool:
    """Whether everybody who is asked reads the lesson: none of the kinds of RM means all of them."""
    readers = lesson.get("rm_types", [])
    return not readers or (bool(rm_types) and set(rm_types) <= set(readers))


def _looked_at_again(given: Entry) -> None:
    """Raises ContentError where the day on which somebody looks again is none."""
    if not isinstance(given.get("review_by", date.max), date):
        raise ContentError(f"{given.place('review_by')}: “review_by” is a day")
