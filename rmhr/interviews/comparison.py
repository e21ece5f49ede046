"""Scorecards side by side, and their arithmetic: fixed before the first interview, the same for everybody.

A competency's mean is that of all who observed it; the total is the mean of those means, each competency
counting the same (equal weights are the most defensible). What nobody observed is left out, and where that is
an essential competency there is no total at all: a figure would hide the gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rmhr.models.competencies import Competency, CompetencyProfile, Level, Relevance
from rmhr.models.interviews import Outcome, Rating, Scorecard

#: Ratings that lie so far apart should be talked about before anything is decided.
APART = 2
#: Below this the scorecards say no, from this on they say yes ("Meets the requirement", "Clearly above").
SAYS_NO_BELOW = Decimal(3)
SAYS_YES_FROM = Decimal(4)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Row:
    """One competency, as each of the panel saw it."""

    competency: Competency
    profile: CompetencyProfile | None
    ratings: Sequence[Rating | None]  # in the order of the scorecards
    mean: Decimal | None
    apart: bool

    @property
    def essential(self) -> bool:
        """Whether an RM of this type cannot do without it."""
        return self.profile is not None and self.profile.relevance is Relevance.ESSENTIAL


@dataclass(frozen=True)
class Comparison:
    """What the scorecards say together."""

    scorecards: Sequence[Scorecard]
    rows: Sequence[Row]
    total: Decimal | None
    missing: Sequence[Competency]  # essential, asked about, and observed by nobody
    unasked: Sequence[Competency]  # essential, and not part of any of these interviews

    @property
    def apart(self) -> Sequence[Competency]:
        """Where the panel differs by two levels or more."""
        return [row.competency for row in self.rows if row.apart]

    def contradicts(self, outcome: Outcome) -> bool:
        """Whether a decision goes against what the scorecards say."""
        if self.total is None:
            return False
        if outcome is Outcome.HIRE:
            return self.total < SAYS_NO_BELOW
        return outcome is Outcome.NO and self.total >= SAYS_YES_FROM


def mean(levels: Sequence[Level | None]) -> Decimal | None:
    """The mean of what was observed, to the hundredth; None where nothing was."""
    numbers = [level.number for level in levels if level is not None and level.number is not None]
    if not numbers:
        return None
    return _rounded(Decimal(sum(numbers)) / len(numbers))


def compare(
    scorecards: Sequence[Scorecard],
    competencies: Sequence[Competency],
    profiles: Mapping[int, CompetencyProfile],
) -> Comparison:
    """Put scorecards side by side. `profiles` says by competency id what this type of RM needs."""
    by_card = [{rating.competency_id: rating for rating in card.ratings} for card in scorecards]
    rows, exact = [], []
    for competency in competencies:
        ratings = [card.get(competency.id) for card in by_card]
        numbers = [n for r in ratings if r is not None and r.level is not None and (n := r.level.number)]
        if numbers:
            exact.append(Decimal(sum(numbers)) / len(numbers))
        rows.append(
            Row(
                competency,
                profiles.get(competency.id),
                ratings,
                mean([rating.level for rating in ratings if rating is not None]),
                bool(numbers) and max(numbers) - min(numbers) >= APART,
            )
        )
    missing = [row.competency for row in rows if row.essential and row.mean is None]
    asked = {competency.id for competency in competencies}
    unasked = sorted(
        (
            profile.competency
            for profile in profiles.values()
            if profile.relevance is Relevance.ESSENTIAL and profile.competency_id not in asked
        ),
        key=lambda competency: competency.position,
    )
    total = None if missing or not exact else _rounded(sum(exact, Decimal(0)) / len(exact))
    return Comparison(scorecards, rows, total, missing, unasked)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
