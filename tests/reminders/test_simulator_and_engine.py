"""Simulator and engine say the same of every day of a year, for banks that nobody has thought of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rmhr.core.db import db
from rmhr.reminders.rules import simulator
from tests.reminders.test_simulator import morning, said, sent
from tests.support import population

#: The quarters of a leap year: each day of it is looked at, on both sides of the days on which the clocks change.
QUARTERS = [date(2028, 1, 1), date(2028, 4, 1), date(2028, 7, 1), date(2028, 10, 1)]
#: So many banks for each of them, small ones: what goes wrong does so with few people, too.
BANKS, PEOPLE, THINGS = 3, 4, 12


@contextmanager
def forgotten() -> Iterator[None]:
    """Whatever is committed in here is gone after it, so that every bank begins with an empty database."""
    nested = db.engine.begin_nested()  # type: ignore[attr-defined]  # a connection, in a test
    try:
        yield
    finally:
        db.session.remove()
        nested.rollback()


@pytest.mark.parametrize("first", QUARTERS, ids=str)
@settings(
    max_examples=BANKS,
    deadline=None,
    # Each day is a run of the engine: where one bank is found, no smaller one is looked for.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    chance=st.randoms(use_true_random=False),
    kind=st.sampled_from(sorted(population.KINDS)),
)
def test_the_simulator_says_of_a_quarter_what_the_engine_sends(
    monkeypatch: pytest.MonkeyPatch, first: date, chance: Random, kind: str
) -> None:
    population.sources(monkeypatch, kind)
    following = [*QUARTERS[1:], date(2029, 1, 1)]
    days = (following[QUARTERS.index(first)] - first).days
    with forgotten():
        with morning(first - timedelta(days=25)):
            population.populate(chance, first, days, PEOPLE, THINGS)
        for before in (2, 1):
            sent(first - timedelta(days=before))
        with morning(first):
            ahead = simulator.forecast(days)

        really = [each for number in range(days) for each in sent(first + timedelta(days=number))]

        assert sorted(said(ahead)) == sorted(really)
