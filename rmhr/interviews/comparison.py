"""Scorecards side by side, and their arithmetic: fixed before the first interview, the same for everybody.

A competency is rated in the answers and, where the interview has a scenario that shows it, in that as well: a row for
each. A competency's mean is that of all its ratings; the total is the mean of those means, each competency counting
the same (equal weights are the most defensible). What nobody observed is left out, and where that is an essential
competency there is no total at all: a figure would hide the gap.

What is compared is what was handed in, as it was kept (records.py): names, levels and what was expected are those
of that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rmhr.core.i18n import Words
from rmhr.interviews.kit import named
from rmhr.models.interviews import Outcome, Recommendation

#: Ratings that lie so far apart should be talked about before anything is decided.
APART = 2
#: Below this the scorecards say no, from this on they say yes ("Meets the requirement", "Clearly above").
SAYS_NO_BELOW = Decimal(3)
SAYS_YES_FROM = Decimal(4)
#: The recommendations that say yes.
SAYS_YES = (Recommendation.RATHER_YES, Recommendation.CLEAR_YES)
CENT = Decimal("0.01")


#: The code of a competency, and whether a scenario shows it.
Key = tuple[str, bool]


def key_of(rating: Any) -> Key:
    """Of which part a rating is, as it was kept; what was kept before there were scenarios is of answers."""
    return rating.code, getattr(rating, "scenario", None) is not None


@dataclass(frozen=True)
class Card:
    """A scorecard as it was handed in: what it says (records.SCORECARD), and what it said at first, if that differs."""

    says: Any
    at: datetime | None = None  # since when it stands so
    first: Any = None

    def rating(self, key: Key) -> Any:
        """What it says of one part; None where that was not part of the interview."""
        return next((each for each in self.says.ratings if key_of(each) == key), None)

    def first_rating(self, key: Key) -> Any:
        """What it said of it before it was corrected; None where that is the same."""
        if self.first is None:
            return None
        before = next((each for each in self.first.ratings if key_of(each) == key), None)
        return before if before != self.rating(key) else None

    @property
    def first_advice(self) -> Any:
        """The recommendation and summary before they were corrected; None where they are the same."""
        if self.first is None:
            return None
        told = (self.says.recommendation, self.says.summary)
        return self.first if (self.first.recommendation, self.first.summary) != told else None


@dataclass(frozen=True)
class Row:
    """One competency in the answers or in a scenario, as each of the panel saw it."""

    key: Key
    competency: Words
    expected: Any  # what an RM of this type needs: .relevance, .essential, .target; None where nobody said
    ratings: Sequence[Any]  # in the order of the scorecards; None where it was not asked about
    mean: Decimal | None
    spread: int | None  # levels between the lowest and the highest; None where fewer than two observed it

    @property
    def name(self) -> str:
        """The competency, and whether a scenario shows it."""
        return named(self.competency, self.key[1])

    @property
    def apart(self) -> bool:
        """Whether the panel should talk about it before anything is decided."""
        return self.spread is not None and self.spread >= APART

    def is_below(self, level: Any) -> bool:
        """Whether a level (or the mean) is less than what is expected; never where nothing is."""
        return self.expected is not None and bool(level) and level < self.expected.target

    @property
    def essential(self) -> bool:
        """Whether an RM of this type cannot do without it."""
        return self.expected is not None and bool(self.expected.essential)


@dataclass(frozen=True)
class Comparison:
    """What the scorecards say together."""

    cards: Sequence[Card]
    rows: Sequence[Row]
    total: Decimal | None
    missing: Sequence[Words]  # essential, asked about, and observed by nobody
    unasked: Sequence[Words]  # essential, and not part of any of these interviews

    @property
    def apart(self) -> Sequence[str]:
        """Where the panel differs by two levels or more."""
        return [row.name for row in self.rows if row.apart]

    @property
    def below(self) -> Sequence[str]:
        """Where the mean is less than what is expected."""
        return [row.name for row in self.rows if row.is_below(row.mean)]

    @property
    def tally(self) -> Sequence[tuple[Recommendation, Sequence[Card]]]:
        """Who recommends what: each of the four steps, the best first."""
        return [
            (step, [card for card in self.cards if card.says.recommendation.value == step.value])
            for step in reversed(Recommendation)
        ]

    @property
    def for_hiring(self) -> int:
        """How many say yes."""
        return sum(len(cards) for step, cards in self.tally if step in SAYS_YES)

    def contradicts(self, outcome: Outcome) -> bool:
        """Whether a decision goes against what the scorecards say."""
        if self.total is None:
            return False
        if outcome is Outcome.HIRE:
            return self.total < SAYS_NO_BELOW
        return outcome is Outcome.NO and self.total >= SAYS_YES_FROM


def mean(numbers: Sequence[int]) -> Decimal | None:
    """The mean of what was observed, to the hundredth; None where nothing was."""
    return _rounded(Decimal(sum(numbers)) / len(numbers)) if numbers else None


def compare(cards: Sequence[Card]) -> Comparison:
    """Put scorecards side by side. What this type of RM needs is what the last of them says."""
    asked = {key_of(rating): rating.name for card in cards for rating in card.says.ratings}
    expected = {each.code: each for card in cards for each in card.says.profile}
    rows = []
    observed: dict[str, list[int]] = {code: [] for code, _in_scenario in asked}
    for key, name in asked.items():
        ratings = [card.rating(key) for card in cards]
        numbers = [rating.number for rating in ratings if rating is not None and rating.number]
        observed[key[0]] += numbers
        spread = max(numbers) - min(numbers) if len(numbers) > 1 else None
        rows.append(Row(key, name, expected.get(key[0]), ratings, mean(numbers), spread))
    names = {code: name for (code, _in_scenario), name in asked.items()}
    missing = [
        names[code]
        for code, numbers in observed.items()
        if not numbers and code in expected and expected[code].essential
    ]
    unasked = [each.name for each in expected.values() if each.essential and each.code not in observed]
    exact = [Decimal(sum(numbers)) / len(numbers) for numbers in observed.values() if numbers]
    total = None if missing or not exact else _rounded(sum(exact, Decimal(0)) / len(exact))
    return Comparison(cards, rows, total, missing, unasked)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
