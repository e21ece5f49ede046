"""What applicants answered, as it is read: in the reader's language, beside the question that was asked.

Where people are judged, what it says of private life is hidden as in the CV, until the reader opens the original.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rmhr.core.files.types import size_words
from rmhr.core.i18n import Words, gettext, language
from rmhr.core.words import day_long, number
from rmhr.law.masking import masked
from rmhr.models.applications import Application, ApplicationAnswer
from rmhr.models.criteria import Question, QuestionKind


@dataclass(frozen=True)
class Answer:
    """One answer: the question, words or a list of them, and where its file is."""

    question: Words
    words: str | list[str]
    url: str = ""
    size: str = ""


def read(application: Application, url_of: Callable[[ApplicationAnswer], str]) -> list[Answer]:
    """All answers in the order of the questions. `url_of` says where an answer's file is for this reader."""
    given = sorted(application.answers, key=lambda it: it.question.position)
    return [
        Answer(
            it.question.text,
            words(it.question, it.answer),
            url_of(it) if it.document else "",
            size_words(it.document.size) if it.document else "",
        )
        for it in given
    ]


@dataclass(frozen=True)
class Written:
    """What somebody wrote beside their CV, as a colleague reads it, and why they were recommended ("": no word)."""

    motivation: str
    answers: list[Answer]
    note: str
    hides: bool  # something of it is hidden


def written(application: Application, url_of: Callable[[ApplicationAnswer], str], opened: bool) -> Written:
    """All of it; where the original is not opened, without what it says of private life."""
    plain = Written(
        application.motivation,
        read(application, url_of),
        application.referral.note if application.referral else "",
        False,
    )
    if opened:
        return plain
    hidden = Written(
        masked(plain.motivation),
        [replace(each, words=_masked(each.words)) for each in plain.answers],
        masked(plain.note),
        False,
    )
    return replace(hidden, hides=hidden != plain)


def _masked(words: str | list[str]) -> str | list[str]:
    """Free text without what is private; what was chosen from a list is the bank's own words."""
    return masked(words) if isinstance(words, str) else words


def words(question: Question, answer: str) -> str | list[str]:
    """An answer in words."""
    match question.kind:
        case QuestionKind.YES_NO:
            return gettext("Yes") if answer == "yes" else gettext("No")
        case QuestionKind.SINGLE:
            return str(question.choice_words[int(answer)])
        case QuestionKind.MULTIPLE:
            return [str(question.choice_words[int(place)]) for place in answer.split(",")]
        case QuestionKind.NUMBER:
            return number(Decimal(answer))
        case QuestionKind.PERCENTAGE:
            return number(Decimal(answer)) + ("%" if language() == "en" else "\u00a0%")
        case QuestionKind.DATE:
            return day_long(date.fromisoformat(answer))
        case QuestionKind.RATING:
            return gettext("%(rating)s of 5", rating=answer)
    return answer
