"""The arithmetic of scorecards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rmhr.interviews import queries
from rmhr.interviews.comparison import compare, mean
from rmhr.models.competencies import Level, Relevance
from rmhr.models.interviews import Recommendation
from tests.factories import competencies
from tests.factories import interviews as make

L = Level


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], None),
        ([1], Decimal("1.00")),
        ([3, 4], Decimal("3.50")),
        ([3, 3, 4], Decimal("3.33")),
    ],
)
def test_a_mean_is_rounded_to_the_hundredth(numbers, expected):
    assert mean(numbers) == expected


def compared(*cards, relevance=Relevance.IMPORTANT):
    """Two competencies (the second of this relevance), rated by two people: ((a1, a2), (b1, b2))."""
    asked = [competencies.competency(), competencies.competency(relevance)]
    it = make.interview(hours=-24, competencies=asked)
    for seat, levels in zip(it.seats, cards, strict=True):
        make.rate(seat.scorecard, dict(zip(asked, levels, strict=True)))
    return compare(queries.scorecards.as_handed_in(seat.scorecard for seat in it.seats))


def test_the_total_is_the_mean_of_means_and_not_of_all_ratings():
    found = compared((L.FIVE, L.TWO), (L.FOUR, L.NOT_OBSERVED))
    assert [row.mean for row in found.rows] == [Decimal("4.50"), Decimal("2.00")]
    assert found.total == Decimal("3.25")


def test_what_was_not_observed_is_left_out_of_the_mean():
    found = compared((L.THREE, L.NOT_OBSERVED), (L.NOT_OBSERVED, L.NOT_OBSERVED))
    assert [row.mean for row in found.rows] == [Decimal("3.00"), None]


def test_ratings_two_levels_apart_are_marked():
    found = compared((L.FIVE, L.TWO), (L.THREE, L.THREE))
    assert [row.apart for row in found.rows] == [True, False]
    assert found.apart == [found.rows[0].name]


def test_an_essential_competency_that_nobody_saw_leaves_no_total():
    unseen = ((L.FOUR, L.NOT_OBSERVED), (L.FOUR, L.NOT_OBSERVED))
    found = compared(*unseen, relevance=Relevance.ESSENTIAL)
    assert found.total is None
    assert found.missing == [found.rows[1].competency]
    assert compared(*unseen).total == Decimal("4.00")


def test_it_says_which_essential_competencies_were_not_asked_about():
    elsewhere = competencies.competency(Relevance.ESSENTIAL)
    found = compared((L.FOUR, L.FOUR), (L.FOUR, L.FOUR))
    assert found.unasked == [elsewhere.name]


def test_a_level_below_the_expected_one_is_marked_and_the_spread_is_told():
    found = compared((L.FIVE, L.TWO), (L.THREE, L.NOT_OBSERVED))
    first, second = found.rows
    target = second.expected.target
    assert [row.spread for row in found.rows] == [2, None]
    assert second.is_below(target - 1)
    assert not second.is_below(target)
    assert not second.is_below(None)
    assert second.name in found.below
    assert first.name not in found.below


def test_the_tally_counts_every_step_the_best_first():
    found = compared((L.FIVE, L.FOUR), (L.FOUR, L.FOUR))
    assert [step for step, _cards in found.tally] == list(reversed(Recommendation))
    assert sum(len(cards) for _step, cards in found.tally) == len(found.cards)
