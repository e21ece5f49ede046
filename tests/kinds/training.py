"""Courses, exams and certificates."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core import bank
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.careers import CareerSite
from rmhr.models.courses import QuestionType
from rmhr.models.training import Assignment, Attempt, Certificate
from rmhr.training import operations
from rmhr.training.workflow.assignments import ASSIGNMENTS
from tests.factories import training
from tests.factories.accounts import user
from tests.kinds import Concluded, Edit, NextStep, Opened, Pair, RecordCase, Twice


def _change(made: Assignment, language: str) -> None:
    """The person, the course with its lessons, questions and rules, and the bank are all called otherwise."""
    other = {"en": "Another text", "de": "Ein anderer Text"}
    with audit.acting(SYSTEM, "tests.change"):
        made.user.name, made.user.language = "Renamed Since", language
        made.user.employee.rm_type = RmType.CORPORATE
        course = made.course
        course.name = course.short = course.objectives = other
        course.pass_mark, course.minutes, course.interval_months, course.blocks = 100, 5, 36, []
        course.questions_per_exam = 2
        for lesson in course.lessons:
            lesson.title = lesson.text = other
        for question in course.questions:
            question.text = question.explanation = other
            question.correct = [question.options[-1]["id"]]
            question.options = [{"id": each["id"], **other} for each in question.options]
        site = db.session.scalar(sa.select(CareerSite))
        if site is not None:
            site.name = "Another Bank"
    bank.remember("Another Bank")


def _concluded(of: str) -> Concluded:
    made = training.passed()
    hr, own, home = user(Role.HR), made.user, f"/training/{made.id}"
    shown: dict[str, list[tuple[Any, str]]] = {
        "certificate": [
            (hr, f"{home}/certificate.pdf"),
            (own, f"{home}/certificate.pdf"),
            (None, f"/certificates/{made.certificate.code}"),
        ],
        "course": [(hr, home), (own, home), (own, f"{home}/lessons/1"), (own, "/training/")],
        "exam": [(own, f"{home}/attempts/1")],
    }
    thing = {"certificate": made.certificate, "course": made, "exam": made.attempts[0]}[of]
    # A page speaks its reader's language, a certificate that of the day.
    language = "de" if of == "certificate" else "en"
    return Concluded(thing, shown[of], lambda: _change(made, language))


RECORDS = [
    RecordCase("training.certificate", lambda: _concluded("certificate")),
    RecordCase("training.course", lambda: _concluded("course")),
    RecordCase("training.exam", lambda: _concluded("exam")),
]


def _begun(autosave: bool = False) -> Opened:
    """The same question in two tabs."""
    attempt = training.running()
    answer = next(each for each in attempt.answers if each.question.type is not QuestionType.MULTIPLE)
    made = attempt.assignment

    def meanwhile() -> None:
        operations.exams.answer_question(
            made.user, attempt, position=answer.position, chosen=[answer.order[-1]]
        )

    address = f"/training/{made.id}/exam/{answer.position}{'/choice' if autosave else ''}"
    theirs = "" if autosave else str(answer.question.choices[answer.order[-1]])
    sent = {"attempt": str(attempt.number), "one": "0", "go": "next"}
    return Opened(answer, made.user, address, sent, meanwhile, lambda: list(answer.chosen), theirs)


def _hand_in() -> Opened:
    attempt = training.running()
    made = attempt.assignment

    def meanwhile() -> None:
        answer = attempt.answers[0]
        operations.exams.answer_question(made.user, attempt, position=1, chosen=answer.order[:1])

    sent = {"attempt": str(attempt.number)}
    return Opened(
        attempt, made.user, f"/training/{made.id}/exam/check", sent, meanwhile, lambda: attempt.status
    )


def _unlock() -> Opened:
    made = training.blocked()
    compliance = user(Role.COMPLIANCE)

    def meanwhile() -> None:
        ASSIGNMENTS.perform(compliance, made, "unlock", attempts=1, note="Theirs")
        training.sit(made, right=0)

    sent = {"note": "Read lesson two again", "attempts": "2"}
    boss = made.user.employee.supervisor
    return Opened(made, boss, f"/training/{made.id}/unlock", sent, meanwhile, lambda: made.extra_attempts)


EDITS = [
    Edit("training.answer", _begun),
    Edit("training.choice", lambda: _begun(autosave=True), autosave=True),
    Edit("training.hand_in", _hand_in),
    Edit("training.transition", _unlock, name="unlock"),
]
NO_EDIT = {
    "training.start": "begins an exam, or goes on where one was",
    "training.read": "one click that says that a lesson was read",
    "training.bulk": "reminds; it changes no stored text, and each thing says what was seen of it",
}
NEXT_STEPS = [
    NextStep("training", "open", training.assignment),
    NextStep("training", "blocked", training.blocked),
    NextStep("training_attempts", "running", training.running),
]


def _count(model: Any) -> Any:
    return lambda: db.session.scalar(sa.select(sa.func.count(model.id))) or 0


def _start_twice() -> Twice:
    made = training.assignment()
    sent = (made.user, f"/training/{made.id}/exam", {})
    return Twice(sent, sent, _count(Attempt))


def _hand_in_twice() -> Twice:
    """Handed in twice at the same moment, with every answer right: one certificate."""
    attempt = training.running()
    made = attempt.assignment
    for answer in attempt.answers:
        operations.exams.answer_question(
            made.user, attempt, position=answer.position, chosen=answer.question.correct
        )
    sent = (made.user, f"/training/{made.id}/exam/check", {"attempt": attempt.number})
    return Twice(sent, sent, _count(Certificate))


def _revoke_twice() -> Twice:
    """Two revoke the same certificate: the course is owed once more, not twice."""
    made = training.passed()
    sent = {"note": "Somebody else sat the exam"}
    first = (user(Role.HR), f"/training/{made.id}/revoke", sent)
    return Twice(first, (user(Role.COMPLIANCE), f"/training/{made.id}/revoke", sent), _count(Assignment), 2)


PAIRS = [
    Pair("training.start", _start_twice),
    Pair("training.hand_in", _hand_in_twice),
    Pair("training.transition", _revoke_twice),
]
