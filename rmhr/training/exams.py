"""Drawing an exam and marking it. Nothing here asks the database."""

from __future__ import annotations

import random
from collections.abc import Sequence

from rmhr.models.accounts import RmType
from rmhr.models.courses import CourseVersion, ExamQuestion, Lesson, QuestionType
from rmhr.models.training import Attempt, AttemptAnswer

#: Nobody can foresee which questions come, and in which order.
CHANCE = random.SystemRandom()


def for_type(rows: Sequence[ExamQuestion], rm_type: RmType | None) -> list[ExamQuestion]:
    """The questions that concern this kind of RM."""
    return [row for row in rows if not row.rm_types or (rm_type and rm_type.value in row.rm_types)]


def lessons_for(taught: CourseVersion, rm_type: RmType | None) -> list[Lesson]:
    """The lessons that concern this kind of RM, in order."""
    return [row for row in taught.lessons if not row.rm_types or (rm_type and rm_type.value in row.rm_types)]


def length(taught: CourseVersion, rm_type: RmType | None) -> int:
    """How many questions an exam of this course has for this kind of RM."""
    return min(taught.questions_per_exam, len(for_type(taught.questions, rm_type)))


def draw(
    taught: CourseVersion, rm_type: RmType | None, chance: random.Random = CHANCE
) -> list[AttemptAnswer]:
    """The questions of one attempt, in an order of its own, each with its options in an order of its own."""
    chosen = chance.sample(for_type(taught.questions, rm_type), length(taught, rm_type))
    return [
        AttemptAnswer(position=position, question=question, order=_shuffled(question, chance), chosen=[])
        for position, question in enumerate(chosen, 1)
    ]


def _shuffled(question: ExamQuestion, chance: random.Random) -> list[str]:
    order = [str(option["id"]) for option in question.options]
    # "Right" stands before "wrong" everywhere, so that nobody reads them the wrong way round.
    if question.type is not QuestionType.TRUE_FALSE:
        chance.shuffle(order)
    return order


def is_right(question: ExamQuestion, chosen: Sequence[str]) -> bool:
    """All right options and no other: there are no parts of a point."""
    return bool(chosen) and set(chosen) == set(question.correct)


def score(marks: Sequence[bool]) -> int:
    """Right answers in per cent, rounded down: nobody passes by rounding."""
    return 100 * sum(marks) // len(marks) if marks else 0


def passes(attempt: Attempt, points: int) -> bool:
    """Whether so many per cent are enough."""
    return points >= attempt.taught.pass_mark
