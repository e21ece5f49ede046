"""What weakens an exam question: hints to whoever looks after it, and figures over a whole bank.

The hints refuse nothing. That two questions are nearly the same is found by their words; where one asks the same in
other words, a person has to find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rmhr.core.i18n import LANGUAGES, Words, _
from rmhr.core.patterns import Pattern
from rmhr.models.courses import ExamQuestion, QuestionType

#: What stands between the reason of an answer and where it comes from.
SOURCE = Words(en="Source:", de="Quelle:")

#: The right answer is by far the longest when it is so many times as long as the next, and so many letters longer.
BY_FAR = 1.5
LETTERS_LONGER = 12
#: A reason that teaches has at least so many words.
WORDS_OF_A_REASON = 8
#: Two questions are nearly the same from this share of common words.
NEARLY_THE_SAME = 0.45

#: The words by which questions are compared: short ones stand in all of them.
LONG_WORD = Pattern(r"[\p{L}\p{N}_]{4,}")


@dataclass(frozen=True)
class Hint:
    """What could be better, and which check found it."""

    check: str
    advice: Any  # lazy


@dataclass(frozen=True)
class Lengths:
    """Of the questions with one right answer: how often it is the longest, the shortest, and how often by chance."""

    longest: int
    shortest: int
    by_chance: float


def with_source(reason: Words, source: Words) -> Words:
    """Why an answer is right, and where that comes from: "… Source: section 47 GwG."."""
    return Words({code: f"{reason[code]} {SOURCE[code]} {source[code]}." for code in LANGUAGES})


def parts(explanation: Words, code: str) -> tuple[str, str]:
    """The reason and the source of an explanation in one language; what is not there is empty."""
    reason, _sign, source = f" {explanation.get(code, '')} ".partition(f" {SOURCE[code]} ")
    return reason.strip(), source.strip()


def hints(question: ExamQuestion, bank: Sequence[ExamQuestion] = ()) -> list[Hint]:
    """What stands out in a question. `bank` are all of its course, in the order in which they are numbered."""
    checks: dict[str, Callable[[], Any]] = {
        "longest": lambda: _far_too_long(question),
        "one_right": lambda: _one_right(question),
        "all_right": lambda: _all_right(question),
        "reason": lambda: _no_reason(question),
        "source": lambda: _no_source(question),
        "twin": lambda: _twin(question, bank),
    }
    found = {name: check() for name, check in checks.items()}
    return [Hint(name, advice) for name, advice in found.items() if advice is not None]


def lengths(questions: Sequence[ExamQuestion], code: str) -> Lengths:
    """How often the length of the right answer gives it away in one language."""
    single = [each for each in questions if each.type is QuestionType.SINGLE]
    counted = [(_right(each, code), _wrong(each, code)) for each in single]
    return Lengths(
        longest=sum(max(right) > max(wrong) for right, wrong in counted),
        shortest=sum(min(right) < min(wrong) for right, wrong in counted),
        by_chance=sum(1 / len(each.options) for each in single),
    )


def _right(question: ExamQuestion, code: str) -> list[int]:
    return [len(words.in_(code)) for id, words in question.choices.items() if id in question.correct]


def _wrong(question: ExamQuestion, code: str) -> list[int]:
    return [len(words.in_(code)) for id, words in question.choices.items() if id not in question.correct]


def _far_too_long(question: ExamQuestion) -> Any:
    if question.type is not QuestionType.SINGLE:
        return None
    for code in LANGUAGES:
        right, next_one = max(_right(question, code), default=0), max(_wrong(question, code), default=0)
        if right > BY_FAR * next_one and right >= next_one + LETTERS_LONGER:
            return _("The right answer is by far the longest: one can guess it.")
    return None


def _one_right(question: ExamQuestion) -> Any:
    if question.type is QuestionType.MULTIPLE and len(question.correct) == 1:
        return _("Only one of several answers is right: is that intended?")
    return None


def _all_right(question: ExamQuestion) -> Any:
    if question.type is QuestionType.MULTIPLE and 0 < len(question.correct) == len(question.options):
        return _("All answers are right: is that intended?")
    return None


def _no_reason(question: ExamQuestion) -> Any:
    reasons = [parts(question.explanation, code)[0] for code in LANGUAGES]
    if all(len(each.split()) >= WORDS_OF_A_REASON for each in reasons):
        return None
    return _("It does not say why the answer is right, in a sentence that teaches.")


def _no_source(question: ExamQuestion) -> Any:
    if all(parts(question.explanation, code)[1] for code in LANGUAGES):
        return None
    return _("It does not say where that comes from. End the reason with “%(source)s …”.", source=SOURCE)


def _twin(question: ExamQuestion, bank: Iterable[ExamQuestion]) -> Any:
    for number, other in enumerate(bank, 1):
        if other is question:
            continue
        if any(_alike(question.text.in_(code), other.text.in_(code)) for code in LANGUAGES):
            return _("It is nearly the same as question %(number)s.", number=number)
    return None


@lru_cache(maxsize=2048)
def _long_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about: each question is compared with all of its course."""
    return frozenset(LONG_WORD.findall(text.lower()))


def _alike(one: str, other: str) -> bool:
    first, second = _long_words(one), _long_words(other)
    return bool(first | second) and len(first & second) / len(first | second) >= NEARLY_THE_SAME
