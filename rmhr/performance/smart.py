"""Hints on how SMART a goal is, from rmhr/content/review.yaml. They explain themselves and refuse nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rmhr.content import read, words
from rmhr.core.i18n import Words, _
from rmhr.law import deadlines
from rmhr.models.performance import Goal, GoalGroup, GoalStatus
from rmhr.performance import measures

#: A full sentence has at least so many words; the relevance of a goal, so many.
WORDS_OF_A_SENTENCE = 8
WORDS_OF_A_REASON = 4
#: More active goals than this are too many.
MOST_GOALS = 7

ACTIVE = GoalStatus.within(GoalGroup.PROPOSED, GoalGroup.RUNNING)


@dataclass(frozen=True)
class Hint:
    """What could be better, and by which rule it was found."""

    advice: Words
    rule: Any


@dataclass(frozen=True)
class Letter:
    """One of the five letters, what was written for it, and what stands out."""

    letter: str
    name: Words
    question: Words
    hints: list[Hint]


@cache
def _criteria() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("review")["smart"]["criteria"]
    return found


@cache
def _vague() -> re.Pattern[str]:
    known = read("review")["smart"]["vague_words"]
    listed = sorted({word for each in known.values() for word in each}, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(map(re.escape, listed)) + r")\b", re.IGNORECASE)


def vague_words(text: str) -> list[str]:
    """The vague words of a text that names no figure; none where it does."""
    if any(sign.isdigit() for sign in text):
        return []
    return sorted({word.lower() for word in _vague().findall(text)})


def named() -> list[tuple[str, Words]]:
    """(letter, what it stands for) of the five."""
    return [(each["letter"], words(each["name"])) for each in _criteria()]


def letters(goal: Goal, others: Iterable[Goal] = ()) -> list[Letter]:
    """The five letters with their hints. `others` are the other goals of the same person."""
    found = _found(goal, [each for each in others if each.id != goal.id and each.status in ACTIVE])
    return [
        Letter(
            letter=each["letter"],
            name=words(each["name"]),
            question=words(each["question"]),
            hints=[
                Hint(words(check["hint"]), found[check["id"]])
                for check in each["checks"]
                if check["id"] in found
            ],
        )
        for each in _criteria()
    ]


def _found(goal: Goal, others: list[Goal]) -> dict[str, Any]:
    """The checks that something stands out in, each with the rule in words."""
    checks: dict[str, Callable[[], Any]] = {
        "s_length": lambda: _short(goal),
        "s_vague": lambda: _unclear(goal),
        "m_direction": lambda: _wrong_way(goal),
        "a_count": lambda: _too_many(len(others) + 1),
        "r_link": lambda: _no_reason(goal),
        "r_mix": lambda: _only_sales([goal, *others]),
        "t_due": lambda: _too_late(goal),
    }
    results = {name: check() for name, check in checks.items()}
    return {name: rule for name, rule in results.items() if rule is not None}


def _short(goal: Goal) -> Any:
    count = len(f"{goal.title} {goal.specific}".split())
    if count >= WORDS_OF_A_SENTENCE:
        return None
    return _(
        "It has %(count)s words; a full sentence has at least %(least)s.",
        count=count,
        least=WORDS_OF_A_SENTENCE,
    )


def _unclear(goal: Goal) -> Any:
    found = vague_words(f"{goal.title} {goal.specific}")
    return _("It says “%(words)s” and names no figure.", words=", ".join(found)) if found else None


def _wrong_way(goal: Goal) -> Any:
    if not measures.worsens(goal) or goal.kpi is None:
        return None
    return _("For this KPI: %(direction)s.", direction=goal.kpi.direction.label)


def _too_many(count: int) -> Any:
    if count <= MOST_GOALS:
        return None
    return _("There are %(count)s goals at the same time.", count=count)


def _no_reason(goal: Goal) -> Any:
    if len(goal.relevance.split()) >= WORDS_OF_A_REASON:
        return None
    return _("The reason has fewer than %(least)s words.", least=WORDS_OF_A_REASON)


def _only_sales(goals: list[Goal]) -> Any:
    """Goals of which every one is a number of sales or income. A measure of one's own counts as quality."""
    if all(each.kpi is not None and each.kpi.commercial for each in goals):
        return _("Every goal of this person is a number of sales or income.")
    return None


def _too_late(goal: Goal) -> Any:
    if goal.due_on <= deadlines.REACH_GOAL.after(goal.starts_on):
        return None
    return _("It is due more than %(months)s months after it begins.", months=deadlines.REACH_GOAL.number)
