"""What a version teaches, as plain values: to copy it into the next one, to compare two, to bring one from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.models.courses import TEACHES, CourseVersion, ExamQuestion, Lesson, LessonBlock

PART = ("code", "kind", "text", "content", "document_id")
LESSON = ("code", "title", "rm_types")
QUESTION = ("code", "type", "rm_types", "text", "options", "correct", "explanation")


@dataclass(frozen=True)
class Material:
    """The rules of a version, its lessons each with its `parts`, and its questions, in their order."""

    facts: Mapping[str, Any]
    lessons: Sequence[Mapping[str, Any]]
    questions: Sequence[Mapping[str, Any]]

    def says_the_same(self, other: Material) -> bool:
        """Whether both teach and ask the same. By which code a lesson or a block is known, nobody reads."""
        return (self.facts, self._taught(), list(self.questions)) == (
            other.facts,
            other._taught(),
            list(other.questions),
        )

    def _taught(self) -> list[Any]:
        return [
            {
                **{name: value for name, value in lesson.items() if name != "code"},
                "parts": [{**part, "code": ""} for part in lesson["parts"]],
            }
            for lesson in self.lessons
        ]


def of(version: CourseVersion) -> Material:
    """What this version teaches; it needs its lessons with their parts, and its questions."""
    return Material(
        facts={name: getattr(version, name) for name in TEACHES},
        lessons=[lesson_of(each) for each in version.lessons],
        questions=[{name: getattr(each, name) for name in QUESTION} for each in version.questions],
    )


def lesson_of(lesson: Lesson) -> dict[str, Any]:
    """What one lesson teaches."""
    parts = [{name: getattr(each, name) for name in PART} for each in lesson.parts]
    return {**{name: getattr(lesson, name) for name in LESSON}, "parts": parts}


def put(version: CourseVersion, material: Material) -> None:
    """Give a version that has nothing yet these rules, lessons and questions."""
    for name, value in material.facts.items():
        setattr(version, name, value)
    version.lessons = [made_lesson(place, each) for place, each in enumerate(material.lessons, 1)]
    version.questions = [
        ExamQuestion(position=place, **each) for place, each in enumerate(material.questions, 1)
    ]


def made_lesson(place: int, given: Mapping[str, Any]) -> Lesson:
    """A lesson of plain values, not stored yet."""
    parts = [LessonBlock(position=at, **each) for at, each in enumerate(given["parts"], 1)]
    return Lesson(position=place, parts=parts, **{name: given[name] for name in LESSON})
