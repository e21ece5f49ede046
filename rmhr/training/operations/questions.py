"""Exam questions of a draft: added, written, moved, deleted and brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import Words, _, gettext
from rmhr.models.accounts import User
from rmhr.models.courses import CourseVersion, ExamQuestion, QuestionType
from rmhr.training import policies
from rmhr.training.operations.lessons import in_order, last, new_code
from rmhr.training.operations.versions import written

MOST_QUESTIONS = 400


@operation(allow=policies.WRITE, done=_("Question added"))
def add_question(actor: User, version: CourseVersion, *, type: QuestionType) -> ExamQuestion:
    """One more question, the last one. Raises NotPossible where there are too many."""
    written(actor, version)
    if len(version.questions) >= MOST_QUESTIONS:
        raise NotPossible(gettext("A course has at most %(number)s questions.", number=MOST_QUESTIONS))
    made = ExamQuestion(
        code=new_code(),
        position=last(version.questions),
        type=type,
        rm_types=[],
        text=Words(),
        options=[],
        correct=[],
        explanation=Words(),
    )
    version.questions.append(made)
    return made


@operation(allow=policies.WRITE, done=_("Question saved"))
def write_question(
    actor: User,
    version: CourseVersion,
    *,
    question: ExamQuestion,
    type: QuestionType,
    rm_types: Sequence[str],
    text: Words,
    options: Sequence[Mapping[str, Any]],
    correct: Sequence[str],
    explanation: Words,
) -> None:
    """What is asked, what can be answered, what is right and why."""
    written(actor, version)
    question.type, question.rm_types = type, list(rm_types)
    question.text, question.explanation = text, explanation
    question.options, question.correct = [dict(each) for each in options], list(correct)


@operation(allow=policies.WRITE, done=_("Question moved"))
def move_question(actor: User, version: CourseVersion, *, question: ExamQuestion, to: int) -> None:
    """Put a question at another place: they are numbered so, and drawn by chance."""
    written(actor, version)
    in_order(version.questions, question, to)


@operation(allow=policies.WRITE, done=_("Question deleted"))
def delete_question(actor: User, version: CourseVersion, *, question: ExamQuestion) -> None:
    """Delete a question; until the draft is published it can be brought back."""
    written(actor, version)
    question.deleted_at = clock.now()


@operation(allow=policies.WRITE, done=_("Question brought back"))
def restore_question(actor: User, version: CourseVersion, *, question: ExamQuestion) -> None:
    """Bring a deleted question back to where it stood."""
    written(actor, version)
    question.deleted_at = None
