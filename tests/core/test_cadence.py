"""Steps around a due date: which beats they come to, on which day each falls, over weekends and holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmhr.core.due.cadence import Beat, Step, beats, plain
from rmhr.models.reminders import Basis, Party

pytestmark = pytest.mark.once

REGIONS = ("DE-HH", "DE-BY", "US-NY")
YEAR = [date(2027, 12, 1) + timedelta(days=n) for n in range(400)]  # two turns of a year and a leap day


def test_a_step_that_repeats_is_so_many_beats():
    found = beats([Step(-3), Step(7, (Party.OWNER, Party.SUPERVISOR), every=7, times=3)])

    assert [(beat.key, len(beat.to)) for beat in found] == [("-3", 1), ("+7", 2), ("+14", 2), ("+21", 2)]


def test_two_steps_of_one_day_are_one_beat_that_tells_everybody_in_the_order_of_the_ladder():
    [beat] = beats([Step(5, (Party.HR,)), Step(5, (Party.OWNER,)), Step(5, (Party.SUPERVISOR,))])

    assert beat.to == (Party.OWNER, Party.SUPERVISOR, Party.HR)


def test_working_days_and_calendar_days_stand_in_one_order():
    found = beats([Step(5, basis=Basis.WORKING), Step(5), Step(10), Step(-1, basis=Basis.WORKING), Step(0)])

    assert [beat.key for beat in found] == ["-1w", "+0", "+5", "+5w", "+10"]


@pytest.mark.parametrize(
    "steps",
    [
        [Step(366)],
        [Step(-366)],
        [Step(1, ())],
        [Step(1, times=2)],
        [Step(1, times=0)],
        [Step(1, every=1, times=61)],
        [Step(300, every=30, times=4)],
    ],
)
def test_what_is_no_sensible_rule_is_refused(steps):
    with pytest.raises(ValueError):
        beats(steps)


def test_what_is_stored_comes_back_as_it_was():
    steps = (*plain(-7, 0), Step(3, (Party.OWNER, Party.HEAD), Basis.WORKING, every=5, times=2))

    assert tuple(Step.of(step.as_json()) for step in steps) == steps


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("after", [-30, -5, -1, 0, 1, 3, 5, 15])
def test_the_last_due_date_of_a_beat_is_the_last_one_whose_day_has_come(region, basis, after):
    """Over 400 days: the way back from a day is the inverse of the way there, whatever lies between."""
    beat = Beat(after, basis, (Party.OWNER,))
    for on in YEAR:
        due_on = beat.last_due(on, region)
        assert beat.day(due_on, region) <= on < beat.day(due_on + timedelta(days=1), region)


def test_five_working_days_after_christmas_eve_are_in_the_new_year():
    beat = Beat(5, Basis.WORKING, (Party.OWNER,))

    # 2026: 25 and 26 December are holidays (Friday, Saturday), 1 January is a Friday.
    assert beat.day(date(2026, 12, 24), "DE-HH") == date(2027, 1, 4)


def test_days_are_counted_across_a_leap_day():
    assert Beat(365, Basis.CALENDAR, (Party.OWNER,)).day(date(2028, 2, 29), "DE") == date(2029, 2, 28)
    assert Beat(-365, Basis.CALENDAR, (Party.OWNER,)).day(date(2028, 2, 29), "DE") == date(2027, 3, 1)


# For any rule at all.

STEPS = st.builds(
    Step,
    after=st.integers(-60, 60),
    to=st.lists(st.sampled_from(Party), min_size=1, unique=True).map(tuple),
    basis=st.sampled_from(Basis),
    every=st.integers(1, 30),
    times=st.integers(1, 5),
)
RULES = st.lists(STEPS, min_size=1, max_size=8)


@given(STEPS)
def test_any_step_comes_back_as_it_was_stored(step):
    assert Step.of(step.as_json()) == step


@given(RULES, st.randoms())
def test_the_order_in_which_steps_are_written_does_not_matter(steps, chance):
    mixed = list(steps)
    chance.shuffle(mixed)

    assert beats(mixed) == beats(steps)


@given(RULES)
def test_a_rule_says_nothing_twice_and_forgets_nobody(steps):
    found = beats(steps)

    assert len({beat.key for beat in found}) == len(found)
    assert [beat.order for beat in found] == sorted(beat.order for beat in found)
    told = {(beat.after, beat.basis): set(beat.to) for beat in found}
    for step in steps:
        for turn in range(step.times):
            assert set(step.to) <= told[step.after + turn * step.every, step.basis]
