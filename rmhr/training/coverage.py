"""Which lesson teaches and which question asks about each objective of the starter courses, by their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rmhr.content import Entry, read, words
from rmhr.core.i18n import Words

#: Each objective has at least so many questions for each kind of RM, so that not all depends on one.
QUESTIONS_OF_AN_OBJECTIVE = 2


@dataclass(frozen=True)
class Covered:
    """An objective, the titles of the lessons that teach it, and the codes of the questions that ask about it."""

    id: str
    objective: Words
    lessons: list[Words]
    questions: list[str]


@dataclass(frozen=True)
class Taught:
    """A lesson or question: its course, its title or text, the source that it names, and where it stands."""

    course: str
    words: Words
    source: Words
    place: str


@dataclass(frozen=True)
class Dated(Taught):
    """One whose law somebody looks at again on a day."""

    day: date


def covered(course: str, rm_type: str | None = None) -> list[Covered]:
    """The objectives of a starter course in their order, for all or for one kind of RM; none for another course."""
    given = next((each for each in read("courses")["courses"] if each["id"] == course), None)
    if given is None:
        return []
    lessons, questions = _lessons(course), _questions(course)
    return [
        Covered(
            id=aim["id"],
            objective=words(aim),
            lessons=[
                words(each["title"])
                for each in lessons
                if aim["id"] in each["covers"] and _for(each, rm_type)
            ],
            questions=[
                str(each["id"])
                for each in questions
                if each["objective"] == aim["id"] and _for(each, rm_type)
            ],
        )
        for aim in given["objectives"]
    ]


def gaps() -> list[str]:
    """What nobody teaches or too few questions ask about, and lessons that no question asks about."""
    return [gap for course in read("courses")["courses"] for gap in _gaps(course)]


def taught(course: str) -> list[Taught]:
    """The lessons and questions of a starter course."""
    return [Taught(**_told(course, each)) for each in (*_lessons(course), *_questions(course))]


def to_look_at() -> list[Dated]:
    """The lessons and questions whose law somebody looks at again, the first day first."""
    dated = [
        Dated(**_told(code, each), day=each["review_by"])
        for code in (course["id"] for course in read("courses")["courses"])
        for each in (*_lessons(code), *_questions(code))
        if "review_by" in each
    ]
    return sorted(dated, key=lambda it: (it.day, it.place))


def _told(course: str, part: Entry) -> dict[str, Any]:
    return {
        "course": course,
        "words": words(part.get("title") or part["text"]),
        "source": words(part["source"]) if "source" in part else Words(),
        "place": part.place("review_by"),
    }


def _gaps(course: Entry) -> Iterator[str]:
    code = course["id"]
    for rm_type in course["rm_types"]:
        for aim in covered(code, rm_type):
            if not aim.lessons:
                yield f"{code}: no lesson teaches “{aim.id}” to {rm_type}"
            if len(aim.questions) < QUESTIONS_OF_AN_OBJECTIVE:
                yield f"{code}: {len(aim.questions)} questions ask {rm_type} about “{aim.id}”"
    for lesson in _lessons(code):
        for aim in lesson["covers"]:
            if not any(
                each["lesson"] == lesson["id"] and each["objective"] == aim for each in _questions(code)
            ):
                yield f"{code}: no question asks about “{aim}” of the lesson “{lesson['id']}”"


def _lessons(course: str) -> list[Any]:
    return [
        lesson
        for each in read("lessons")["courses"]
        if each["course"] == course
        for lesson in each["lessons"]
    ]


def _questions(course: str) -> list[Any]:
    return [one for each in read("exams")["exams"] if each["course"] == course for one in each["questions"]]


def _for(part: Entry, rm_type: str | None) -> bool:
    return rm_type is None or rm_type in part.get("rm_types", [rm_type])
