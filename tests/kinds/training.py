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
from rmhr.models.courses import Course, CourseVersion, ExamQuestion, Lesson, LessonBlock, QuestionType
from rmhr.models.training import Assignment, Attempt, Certificate
from rmhr.training import operations
from rmhr.training.workflow.assignments import ASSIGNMENTS
from rmhr.training.workflow.courses import COURSES, VERSIONS
from tests.factories import courses, training
from tests.factories.accounts import user
from tests.kinds import Concluded, Edit, NextStep, Opened, Pair, RecordCase, Twice


def _change(made: Assignment, language: str) -> None:
    """The person, the course with its lessons, questions and rules, and the bank are all called otherwise."""
    other = {"en": "Another text", "de": "Ein anderer Text"}
    with audit.acting(SYSTEM, "tests.change"):
        made.user.name, made.user.language = "Renamed Since", language
        made.user.employee.rm_type = RmType.CORPORATE
        site = db.session.scalar(sa.select(CareerSite))
        if site is not None:
            site.name = "Another Bank"
    bank.remember("Another Bank")
    _rewrite(made.taught, other)


def _rewrite(version: CourseVersion, other: dict[str, str]) -> None:
    """What was taught says something else, past the rule that it never does."""
    training.rewrite(
        version,
        name=other,
        short=other,
        objectives=other,
        pass_mark=100,
        minutes=5,
        interval_months=36,
        blocks=[],
        questions_per_exam=2,
    )
    connection, table = db.session.connection(), ExamQuestion.__table__
    for question in version.questions:
        options = [{"id": each["id"], **other} for each in question.options]
        changed = {"correct": [options[-1]["id"]], "options": options, "text": other, "explanation": other}
        connection.execute(sa.update(table).where(table.c.id == question.id).values(**changed))
    connection.execute(sa.update(Lesson.__table__).values(title=other))
    connection.execute(sa.update(LessonBlock.__table__).values(text=other))
    db.session.expire_all()


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


def _draft() -> tuple[Any, Any]:
    author = user(Role.HR)
    return author, courses.draft(author)


def _facts(autosave: bool = False) -> Opened:
    author, it = _draft()
    other = user(Role.COMPLIANCE)

    def meanwhile() -> None:
        operations.versions.set_facts(other, it, facts={"name": courses.both("Theirs")})

    sent = {"name-en": "Mine", "name-de": "Meins"}
    sent |= {name: str(getattr(it, name)) for name in operations.courses.USUAL}
    address = f"/training/versions/{it.id}/facts{'/draft' if autosave else ''}"
    theirs = "" if autosave else "Theirs, in English"
    return Opened(it, author, address, sent, meanwhile, lambda: dict(it.name), theirs)


def _describe() -> Opened:
    author, it = _draft()
    course, other = it.course, user(Role.COMPLIANCE)

    def meanwhile() -> None:
        operations.courses.describe(
            other,
            course,
            area=course.area,
            kind=course.kind,
            provider="Theirs",
            owner_id=None,
            audience=course.audience,
        )

    sent = {"area": "ethics", "kind": "e_learning", "provider": "Mine", "audience": "keepers", "owner_id": ""}
    address = f"/training/courses/{course.id}/edit"
    return Opened(course, author, address, sent, meanwhile, lambda: course.provider, "Theirs")


def _lesson(autosave: bool = False) -> Opened:
    author, it = _draft()
    lesson, other = it.lessons[0], user(Role.COMPLIANCE)

    def meanwhile() -> None:
        operations.lessons.name_lesson(other, it, lesson=lesson, title=courses.both("Theirs"), rm_types=[])

    address = f"/training/lessons/{lesson.id}{'/draft' if autosave else ''}"
    theirs = "" if autosave else "Theirs, in English"
    sent = {"title-en": "Mine", "title-de": "Meins"}
    return Opened(lesson, author, address, sent, meanwhile, lambda: dict(lesson.title), theirs)


def _block(autosave: bool = False) -> Opened:
    author, it = _draft()
    block, other = it.lessons[0].parts[0], user(Role.COMPLIANCE)

    def meanwhile() -> None:
        operations.lessons.write_block(other, it, block=block, text=courses.both("Theirs"), content={})

    address = f"/training/blocks/{block.id}{'/draft' if autosave else ''}"
    theirs = "" if autosave else "Theirs, in English"
    sent = {"text-en": "Mine", "text-de": "Meins"}
    return Opened(block, author, address, sent, meanwhile, lambda: dict(block.text), theirs)


def _exam_question(autosave: bool = False) -> Opened:
    author, it = _draft()
    question, other = it.questions[0], user(Role.COMPLIANCE)

    def meanwhile() -> None:
        operations.questions.write_question(
            other,
            it,
            question=question,
            type=question.type,
            rm_types=[],
            text=courses.both("Theirs"),
            options=question.options,
            correct=question.correct,
            explanation=question.explanation,
        )

    address = f"/training/questions/{question.id}{'/draft' if autosave else ''}"
    theirs = "" if autosave else "Theirs, in English"
    sent = {"type": "single", "text-en": "Mine", "text-de": "Meins"}
    return Opened(question, author, address, sent, meanwhile, lambda: dict(question.text), theirs)


def _retire() -> Opened:
    author, it = _draft()
    course, other = courses.published(it, author).course, user(Role.COMPLIANCE)

    def meanwhile() -> None:
        COURSES.perform(other, course, "retire", note="Theirs")
        COURSES.perform(other, course, "reinstate", note="Theirs")

    address = f"/training/courses/{course.id}/move/retire"
    return Opened(course, author, address, {"note": "Mine"}, meanwhile, lambda: course.status)


def _submit() -> Opened:
    author, it = _draft()
    reviewer, other = user(Role.COMPLIANCE), user(Role.HR)

    def meanwhile() -> None:
        courses.submitted(other, it, reviewer)
        VERSIONS.perform(other, it, "take_back")

    sent = {"reason": "Mine", "reviewer_id": str(reviewer.id), "counts_for": "beginners"}
    address = f"/training/versions/{it.id}/move/submit"
    return Opened(it, author, address, sent, meanwhile, lambda: it.status)


EDITS = [
    Edit("training.facts", _facts),
    Edit("training.facts_draft", lambda: _facts(autosave=True), autosave=True),
    Edit("training.course_facts", _describe),
    Edit("training.lesson_editor", _lesson),
    Edit("training.lesson_draft", lambda: _lesson(autosave=True), autosave=True),
    Edit("training.block_editor", _block),
    Edit("training.block_draft", lambda: _block(autosave=True), autosave=True),
    Edit("training.question_editor", _exam_question),
    Edit("training.question_draft", lambda: _exam_question(autosave=True), autosave=True),
    Edit("training.course_transition", _retire, name="retire"),
    Edit("training.version_transition", _submit, name="submit"),
    Edit("training.answer", _begun),
    Edit("training.choice", lambda: _begun(autosave=True), autosave=True),
    Edit("training.hand_in", _hand_in),
    Edit("training.transition", _unlock, name="unlock"),
]
NO_EDIT = {
    "training.start": "begins an exam, or goes on where one was",
    "training.read": "one click that says that a lesson was read",
    "training.begin_version": "begins a draft as a copy of what is taught",
    "training.lessons": "adds a lesson",
    "training.add_block": "adds a block that is empty",
    "training.add_file": "adds a block with its file",
    "training.exam_editor": "adds a question that is empty",
    "training.lesson_deed": "one click that moves, deletes or brings back a lesson: no text is lost",
    "training.block_deed": "one click that moves, copies, deletes or brings back a block: no text is lost",
    "training.question_deed": "one click that moves, deletes or brings back a question: no text is lost",
    "training.throw_away": "asks whether the draft is deleted, and deletes it",
    "training.bulk": "reminds; it changes no stored text, and each thing says what was seen of it",
}
NEXT_STEPS = [
    NextStep("training", "open", training.assignment),
    NextStep("training", "blocked", training.blocked),
    NextStep("training_attempts", "running", training.running),
    NextStep("course_versions", "in_review", lambda: courses.submitted(user(Role.HR), courses.draft())),
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


def _new_twice() -> Twice:
    """One course begun by two people at the same moment: there is one of its name."""
    sent = {"name-en": "Phishing", "name-de": "Phishing", "area": "compliance", "kind": "e_learning"}
    first = (user(Role.HR), "/training/courses/new", sent)
    return Twice(first, (user(Role.HR), "/training/courses/new", sent), _count(Course))


def _begin_twice() -> Twice:
    """The next version of one course, begun twice: there is one draft."""
    course = courses.published(courses.draft()).course
    address = f"/training/courses/{course.id}/versions"
    return Twice((user(Role.HR), address, {}), (user(Role.HR), address, {}), _count(CourseVersion), 2)


PAIRS = [
    Pair("training.new_course", _new_twice),
    Pair("training.begin_version", _begin_twice),
    Pair("training.start", _start_twice),
    Pair("training.hand_in", _hand_in_twice),
    Pair("training.transition", _revoke_twice),
]
NO_PAIR = {
    "training.lessons": "any number of lessons is right, and each can be deleted",
    "training.add_block": "any number of blocks is right, and each can be deleted",
    "training.add_file": "any number of blocks is right, and each can be deleted",
    "training.exam_editor": "any number of questions is right, and each can be deleted",
    "training.facts": "it writes into a draft that is there; the second is told that somebody was faster",
    "training.facts_draft": "it writes into a draft that is there; the second is told that somebody was faster",
    "training.course_facts": "it writes into a course that is there; the second is told that somebody was faster",
    "training.lesson_editor": "it writes into a lesson that is there; the second is told that somebody was faster",
    "training.lesson_draft": "it writes into a lesson that is there; the second is told that somebody was faster",
    "training.block_editor": "it writes into a block that is there; the second is told that somebody was faster",
    "training.block_draft": "it writes into a block that is there; the second is told that somebody was faster",
    "training.question_editor": "it writes into a question that is there; the second is told that somebody was faster",
    "training.question_draft": "it writes into a question that is there; the second is told that somebody was faster",
    "training.lesson_deed": "it makes nothing",
    "training.block_deed": "a copy more is right, and can be deleted",
    "training.question_deed": "it makes nothing",
    "training.throw_away": "it makes nothing",
    "training.course_transition": "it makes nothing; a second one is refused by the status",
    "training.version_transition": "it makes nothing; a second one is refused by the status",
}
