"""Courses of the demo bank that somebody writes: a draft of another version, and a course that is retired."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.demo.building import at_work, day, person
from rmhr.models.accounts import User
from rmhr.models.courses import BlockKind, CountsFor, Course, CourseArea, CourseKind, CourseVersion
from rmhr.training import material, operations, queries
from rmhr.training.workflow.courses import COURSES, VERSIONS

GIFTS = Words({"en": "Gifts and invitations", "de": "Geschenke und Einladungen"})
#: Of the course that it became a part of, so much was asked and taught.
LESSONS, QUESTIONS, ASKED = 2, 6, 4
HEADING = Words({"en": "What changes in July 2027", "de": "Was sich im Juli 2027 ändert"})
TEXT = Words(
    {
        "en": (
            "From 10 July 2027 the Anti-Money Laundering Regulation (EU) 2024/1624 applies. Then whoever holds **25 "
            "percent or more** is a beneficial owner: no longer only whoever holds more than that."
        ),
        "de": (
            "Ab dem 10. Juli 2027 gilt die Geldwäscheverordnung (EU) 2024/1624. Dann ist wirtschaftlich berechtigt, "
            "wer **25 Prozent oder mehr** hält, nicht mehr nur, wer darüber liegt."
        ),
    }
)
STORY = Words(
    {"en": "A car dealer brings 14,800 euros in cash, “as every month”. The till report shows half of it."}
)
CHOICES = (
    ("Ask for the till books", "s2"),
    ("Book it and report today", "s3"),
    ("Tell him that you must report", ""),
)


def build() -> None:
    """The retired one first."""
    anna, birgit = person("anna"), person("birgit")
    _retired(anna, birgit)
    _written(anna)


def _retired(anna: User, birgit: User) -> None:
    """Published two years ago, and part of another course since last month."""
    with clock.at(at_work(day(-730), 9, 10)):
        draft = operations.courses.begin(
            anna, None, name=GIFTS, area=CourseArea.ETHICS, kind=CourseKind.E_LEARNING
        )
        taught = material.of(queries.versions.whole(_taught("ethics").id))
        facts = {**taught.facts, "name": GIFTS, "short": GIFTS, "minutes": 10, "questions_per_exam": ASKED}
        some = replace(
            taught, facts=facts, lessons=taught.lessons[:LESSONS], questions=taught.questions[:QUESTIONS]
        )
        _fill(anna, draft, some)
        _publish(anna, birgit, draft, "What the law and the bank allow")
    with clock.at(at_work(day(-33), 14, 25)):
        why = "Since then it is a part of “Ethics and code of conduct”."
        COURSES.perform(birgit, draft.course, "retire", note=why)


def _fill(anna: User, draft: CourseVersion, some: material.Material) -> None:
    operations.versions.set_facts(anna, draft, facts=some.facts)
    for lesson in some.lessons:
        made = operations.lessons.add_lesson(anna, draft, title=lesson["title"])
        for part in lesson["parts"]:
            block = operations.lessons.add_block(anna, draft, lesson=made, kind=part["kind"])
            _say(anna, draft, block, part["text"], part["content"])
    for question in some.questions:
        asked = operations.questions.add_question(anna, draft, type=question["type"])
        said = {name: value for name, value in question.items() if name != "code"}
        operations.questions.write_question(anna, draft, question=asked, **said)


def _publish(anna: User, birgit: User, draft: CourseVersion, reason: str) -> None:
    VERSIONS.perform(
        anna,
        draft,
        "submit",
        reason=reason,
        reviewer_id=birgit.id,
        counts_for=CountsFor.BEGINNERS,
        change_by=None,
    )
    VERSIONS.perform(birgit, draft, "publish")


def _written(anna: User) -> None:
    """Version 2 of anti-money laundering, two weeks old: a lesson more, and its case not in German yet."""
    course = _taught("aml").course
    with clock.at(at_work(day(-14), 10, 30)):
        operations.courses.describe(
            anna,
            course,
            area=course.area,
            kind=course.kind,
            provider="",
            owner_id=anna.id,
            audience=course.audience,
        )
        draft = operations.versions.begin_version(anna, course)
        operations.versions.set_facts(anna, draft, facts={"cpd": {"internal": 60}})
        lesson = operations.lessons.add_lesson(anna, draft, title=HEADING)
        text = operations.lessons.add_block(anna, draft, lesson=lesson, kind=BlockKind.TEXT)
        _say(anna, draft, text, TEXT, {})
    with clock.at(at_work(day(-1), 11, 6)):
        case = operations.lessons.add_block(anna, draft, lesson=lesson, kind=BlockKind.CASE)
        _say(anna, draft, case, STORY, {"steps": _steps()})


def _steps() -> list[dict[str, Any]]:
    choices = [{"en": words, "to": to} for words, to in CHOICES]
    return [
        {"id": "s1", "en": "What do you do?", "choices": choices},
        {"id": "s2", "en": "He has none. Now you report without telling him.", "choices": []},
        {"id": "s3", "en": "Right: the report goes out today, and he learns nothing of it.", "choices": []},
    ]


def _say(anna: User, draft: CourseVersion, block: Any, text: Words, content: dict[str, Any]) -> None:
    operations.lessons.write_block(anna, draft, block=block, text=text, content=content)


def _taught(code: str) -> CourseVersion:
    version = db.session.scalars(sa.select(Course).where(Course.code == code)).one().current
    if version is None:
        raise LookupError(f"{code} is not taught")
    return version
