"""Which tasks of the first months a law asks for, for the register of rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rmhr.content import CITED, read, words
from rmhr.core.i18n import _
from rmhr.core.lists.declaration import Target
from rmhr.law.rules import Authority, LegalRule, Part, rules_of


@rules_of("onboarding")
def tasks() -> Iterator[LegalRule]:
    """The tasks of a plan that name a law, in one rule."""
    yield LegalRule(
        name="onboarding.tasks",
        what=_("Tasks of the first months that a law asks for"),
        why=_(
            "What is done before the first day of work, or before a client is advised, cannot be made up for later."
        ),
        authority=Authority.LAW,
        source=_("As each task names it"),
        since=date(2026, 11, 29),  # as they are written
        review_by=date(2027, 6, 30),
        page=_("Onboarding plans"),
        stands_at=Target("onboarding.index"),
        parts=tuple(
            Part(words(each["text"]))
            for each in read("onboarding")["tasks"]
            if CITED.search(each["text"]["en"])
        ),
    )
