"""What whoever interviews has before them, whatever is asked."""

from __future__ import annotations

from dataclasses import dataclass

from rmhr.content import Entry, read, words
from rmhr.core.i18n import Words


@dataclass(frozen=True)
class Guidance:
    """What is said first, what is asked about any example, and what nobody asks about."""

    opening: list[Words]
    star: list[tuple[Words, Words]]  # (name, question): situation, task, action, result
    forbidden: list[tuple[Words, Words]]  # (topic, law)


def guidance() -> Guidance:
    """The guidance of rmhr/content/interview_questions.yaml."""
    return said_in(read("interview_questions"))


def said_in(guide: Entry) -> Guidance:
    """What such a file says. Raises ContentError where something is missing."""
    return Guidance(
        opening=[words(each) for each in guide["opening"]],
        star=[(words(each["name"]), words(each["text"])) for each in guide["star"]],
        forbidden=[(words(each["text"]), words(each["law"])) for each in guide["forbidden_topics"]],
    )
