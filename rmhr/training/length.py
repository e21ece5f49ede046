"""How long a course takes, measured by what it teaches and asks; held against what is stated on its page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rmhr.core.i18n import LANGUAGES
from rmhr.models.accounts import RmType
from rmhr.models.courses import BlockKind, CourseVersion, Lesson, LessonBlock
from rmhr.training import exams

#: Words a minute at which one reads in order to learn, by language: German words are longer.
READ = {"en": 200, "de": 180}
#: Minutes for a case, and for each question of an exam.
CASE, QUESTION = 3, 1
#: What is stated may differ by so many minutes, or by such a share of what is measured.
MINUTES_APART, SHARE_APART = 5, 0.2


@dataclass(frozen=True)
class Length:
    """Minutes: as stated, and as measured for reading, cases and questions."""

    stated: int
    reading: int
    cases: int
    questions: int

    @property
    def measured(self) -> int:
        """All of it together."""
        return self.reading + self.cases + self.questions

    @property
    def short(self) -> int:
        """So many minutes less than stated it takes; negative where it takes more."""
        return self.stated - self.measured

    @property
    def fits(self) -> bool:
        """Whether what is stated is near enough to what is measured."""
        return abs(self.short) <= max(MINUTES_APART, SHARE_APART * self.measured)


def of(version: CourseVersion) -> Length:
    """Of the kind of RM whom it takes longest: not everybody reads every lesson."""
    kinds: list[RmType | None] = [each for each in RmType if each.value in version.rm_types]
    return max((_for(version, each) for each in kinds or [None]), key=lambda length: length.measured)


def _for(version: CourseVersion, rm_type: RmType | None) -> Length:
    parts = [part for lesson in exams.lessons_for(version, rm_type) for part in lesson.parts]
    return Length(
        stated=version.minutes,
        reading=reading(parts),
        cases=CASE * sum(part.kind is BlockKind.CASE for part in parts),
        questions=QUESTION * exams.length(version, rm_type),
    )


def of_lesson(lesson: Lesson) -> int:
    """Minutes for one lesson, its cases included."""
    return reading(lesson.parts) + CASE * sum(part.kind is BlockKind.CASE for part in lesson.parts)


def reading(parts: Iterable[LessonBlock]) -> int:
    """Minutes to read these parts, in the language in which that takes longer."""
    counted = dict.fromkeys(LANGUAGES, 0)
    for part in parts:
        for code in LANGUAGES:
            counted[code] += words(part, code)
    return math.ceil(max(number / READ[code] for code, number in counted.items()))


def words(part: LessonBlock, code: str) -> int:
    """How many words of a part are read in one language. A case is counted by its minutes instead."""
    if part.kind in (BlockKind.CASE, BlockKind.PICTURE):
        return 0
    said = [part.text.get(code, "")]
    said += [str(each.get(code, "")) for each in part.content.get("options", [])]
    said.append(str(part.content.get("why", {}).get(code, "")))
    return sum(len(each.split()) for each in said)
