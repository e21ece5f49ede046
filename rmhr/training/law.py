"""What the courses teach and ask as law, for the register of rules: by course, and by the day to look again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from babel.support import LazyProxy

from rmhr.content import read, words
from rmhr.core.i18n import _
from rmhr.core.lists.declaration import Target
from rmhr.core.words import day_bare
from rmhr.law.rules import Authority, LegalRule, Part, rules_of
from rmhr.training import coverage, queries

#: Lessons and questions were written by the law of this day, and are looked at as a whole a year later.
WRITTEN, REVIEW_BY = date(2026, 11, 29), date(2027, 11, 30)


@rules_of("training")
def content() -> Iterator[LegalRule]:
    """For each starter course what it teaches, and for each day what of it somebody looks at again then.

    One query, for the pages of the courses.
    """
    pages = {
        each.course.code: Target("training.course", {"id": each.course_id})
        for each in queries.courses.in_force()
    }
    for course in read("courses")["courses"]:
        yield _whole(course, pages.get(course["id"]))
    names = {each["id"]: words(each["name"]) for each in read("courses")["courses"]}
    dated = sorted(coverage.to_look_at(), key=lambda it: (it.course, it.day, it.place))
    for (code, day), found in groupby(dated, key=lambda it: (it.course, it.day)):
        said = LazyProxy(day_bare, day, enable_cache=False)
        yield LegalRule(
            name=f"training.{code}_{day.isoformat()}",
            what=_("Course “%(course)s”: law that changes about %(day)s", course=names[code], day=said),
            why=_(
                "A new law applies, or is expected, about that day; until then they teach the present one."
            ),
            authority=Authority.LAW,
            source=_("As each lesson and each question names it"),
            since=WRITTEN,
            review_by=day,
            page=_("Course “%(course)s”", course=names[code]),
            stands_at=pages.get(code),
            parts=tuple(Part(each.words, each.source) for each in found),
        )


def _whole(course: Any, page: Target | None) -> LegalRule:
    name = words(course["name"])
    return LegalRule(
        name=f"training.{course['id']}",
        what=_("Course “%(course)s”: lessons and exam questions", course=name),
        why=_("People are examined on it, and advise clients by it."),
        authority=Authority.LAW,
        source=_("As each lesson and each question names it"),
        since=WRITTEN,
        review_by=REVIEW_BY,
        page=_("Course “%(course)s”", course=name),
        stands_at=page,
        parts=tuple(Part(each.words, each.source) for each in coverage.taught(course["id"])),
    )
