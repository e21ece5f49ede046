"""What was passed, kept as it was: the certificate, the course with its lessons and rules, the exam and its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rmhr.core import bank
from rmhr.core.history.records import Copy, Read, record
from rmhr.core.i18n import Words
from rmhr.models.courses import ExamQuestion, Lesson
from rmhr.models.training import (
    Assignment,
    AssignmentStatus,
    Attempt,
    AttemptAnswer,
    AttemptStatus,
    Certificate,
)
from rmhr.training import blocks, exams, queries

#: In these states a duty is concluded: it is shown as it was when the course was passed.
CONCLUDED = (AssignmentStatus.PASSED, AssignmentStatus.REVOKED)
#: In these states an exam is marked.
MARKED = (AttemptStatus.PASSED, AttemptStatus.FAILED)


@record("training.certificate", of=Certificate)
def CERTIFICATE(certificate: Certificate) -> Mapping[str, Any]:
    """Everything that is printed on it, and the language in which it is printed."""
    assignment = certificate.assignment
    return {
        "person": assignment.user.name,
        "course": assignment.taught.name,
        "course_code": assignment.course.code,
        "bank": bank.name(),
        "language": assignment.user.language,
        "score": certificate.score,
        "issued_on": certificate.issued_on,
        "valid_until": certificate.valid_until,
        "code": certificate.code,
    }


@record("training.course", of=Assignment)
def COURSE(assignment: Assignment) -> Mapping[str, Any]:
    """The course as this person took it: its lessons and rules, why they had to, and when they passed."""
    course = assignment.taught
    return {
        "person": assignment.user.name,
        "name": course.name,
        "number": course.number,
        "objectives": course.objectives,
        "reason": assignment.reason,
        "minutes": course.minutes,
        "interval_months": course.interval_months,
        "blocked": course.blocked,
        "pass_mark": course.pass_mark,
        "max_attempts": course.max_attempts,
        "wait_hours": course.wait_hours,
        "questions": exams.length(course, queries.people.rm_type(assignment.user)),
        "due_on": assignment.due_on,
        "passed_on": assignment.passed_on,
        "valid_until": assignment.valid_until,
        "lessons": [_lesson(each) for each in lessons_for(assignment)],
    }


def _lesson(lesson: Lesson) -> dict[str, Any]:
    return {"id": lesson.id, "title": lesson.title, "parts": [blocks.told(each) for each in lesson.parts]}


def lessons_for(assignment: Assignment) -> list[Lesson]:
    """The lessons that concern this person now."""
    return exams.lessons_for(assignment.taught, queries.people.rm_type(assignment.user))


@record("training.exam", of=Attempt)
def EXAM(attempt: Attempt) -> Mapping[str, Any]:
    """One exam that was handed in: each question as it was asked, what was chosen, what was right, and why."""
    assignment = attempt.assignment
    return {
        "person": assignment.user.name,
        "course": assignment.taught.name,
        "number": attempt.number,
        "status": attempt.status,
        "score": attempt.score,
        "pass_mark": attempt.taught.pass_mark,
        "started_at": attempt.started_at,
        "submitted_at": attempt.submitted_at,
        "questions": [_question(each) for each in attempt.answers],
    }


def _question(answer: AttemptAnswer) -> dict[str, Any]:
    question = answer.question
    return {
        "code": question.code,
        "text": question.text,
        "options": texts(question, answer.order),
        "chosen": texts(question, answer.chosen),
        "correct": texts(question, [id for id in answer.order if id in question.correct]),
        "right": bool(answer.right),
        "explanation": question.explanation,
    }


def texts(question: ExamQuestion, ids: Iterable[str]) -> list[Words]:
    """The words of some options."""
    return [question.choices[id] for id in ids]


def of_assignment(assignment: Assignment) -> Read:
    """What a page shows of a course: as it was passed; while it is not, as it is now."""
    if assignment.status in CONCLUDED:
        return COURSE.read(assignment)
    return Read(COURSE.now(assignment))


def names_of(assignment_ids: Iterable[int]) -> dict[int, Copy]:
    """What was kept of those of these courses that are passed, by id of the duty. One query."""
    return {id: read.says for id, read in COURSE.kept(assignment_ids).items()}
