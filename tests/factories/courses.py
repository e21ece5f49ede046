"""Courses that are written: drafts, versions in review and published ones, for tests."""

from __future__ import annotations

import io
from typing import Any

from werkzeug.datastructures import FileStorage

from rmhr.core.db import db
from rmhr.core.files import store
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role, User
from rmhr.models.courses import BlockKind, CountsFor, CourseArea, CourseKind, CourseVersion, QuestionType
from rmhr.training import operations
from rmhr.training.forms.lessons import ATTACHMENT
from rmhr.training.workflow.courses import VERSIONS
from tests.factories import accounts, numbers, training


def both(text: str) -> Words:
    """A text in both languages."""
    return Words(en=f"{text}, in English", de=f"{text}, auf Deutsch")


def draft(author: User | None = None, questions: int = 5) -> CourseVersion:
    """A course of its own that could go to review."""
    author = author or accounts.user(Role.HR)
    version = operations.courses.begin(
        author,
        None,
        name=both(f"Sustainability {next(numbers)}"),
        area=CourseArea.REGULATION,
        kind=CourseKind.E_LEARNING,
    )
    facts = {
        "short": both("Green"),
        "objectives": both("Asking about preferences"),
        "rm_types": ["personal", "business", "corporate"],
    }
    operations.versions.set_facts(author, version, facts=facts)
    lesson = operations.lessons.add_lesson(author, version, title=both("What is asked"))
    block = operations.lessons.add_block(author, version, lesson=lesson, kind=BlockKind.TEXT)
    operations.lessons.write_block(author, version, block=block, text=both("Ask first"), content={})
    for number in range(questions):
        question = operations.questions.add_question(author, version, type=QuestionType.SINGLE)
        operations.questions.write_question(
            author,
            version,
            question=question,
            type=QuestionType.SINGLE,
            rm_types=[],
            text=both(f"Question {number}"),
            options=[{"id": "a", **both("Yes")}, {"id": "b", **both("No")}],
            correct=["a"],
            explanation=both("Because"),
        )
    db.session.commit()
    return version


def owned(version: CourseVersion, owner: User) -> CourseVersion:
    """The same version of a course that this person owns."""
    with audit.acting(SYSTEM, "tests.arrange"):
        version.course.owner = owner
    return version


def submitted(
    author: User, version: CourseVersion, reviewer: User | None = None, **given: Any
) -> CourseVersion:
    """A draft that waits for a second person."""
    asked = {"reason": "New law", "counts_for": CountsFor.BEGINNERS, "change_by": None} | given
    reviewer = reviewer or accounts.user(Role.COMPLIANCE)
    made: CourseVersion = VERSIONS.perform(author, version, "submit", reviewer_id=reviewer.id, **asked)
    db.session.commit()
    return made


def published(
    version: CourseVersion, author: User | None = None, reviewer: User | None = None, **given: Any
) -> CourseVersion:
    """A draft that a second person has published."""
    author, reviewer = author or accounts.user(Role.HR), reviewer or accounts.user(Role.COMPLIANCE)
    submitted(author, version, reviewer, **given)
    VERSIONS.perform(reviewer, version, "publish")
    db.session.commit()
    return version


def next_version(code: str = "ethics", author: User | None = None) -> CourseVersion:
    """Another version of a course of the starter content, with one lesson changed."""
    author = author or accounts.user(Role.HR)
    made = operations.versions.begin_version(author, training.course(code))
    block = made.lessons[0].parts[0]
    operations.lessons.write_block(author, made, block=block, text=both("Now otherwise"), content={})
    db.session.commit()
    return made


def with_attachment() -> tuple[CourseVersion, int]:
    """A published course whose lesson has an attachment, and the id of that document."""
    author = accounts.user(Role.HR)
    version = draft(author)
    file = FileStorage(io.BytesIO(b"What is asked, in short"), filename="sheet.txt")
    block = operations.lessons.add_block(
        author,
        version,
        lesson=version.lessons[0],
        kind=BlockKind.ATTACHMENT,
        text=both("Sheet"),
        upload=store.accept(file, ATTACHMENT),
    )
    db.session.commit()
    published(version, author)
    return version, block.document_id or 0
