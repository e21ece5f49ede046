"""Steps around a due date: which occurrences they come to, on which day each falls, over weekends and holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmhr.core.due.reminder_steps import Occurrence, ReminderStep, occurrences, owner_steps
from rmhr.models.reminders import Basis, EscalationLevel

pytestmark = pytest.mark.once

REGIONS = ("DE-HH", "DE-BY", "US-NY")
YEAR = [date(2027, 12, 1) + timedelta(days=n) for n in range(400)]  # two turns of a year and a leap day


def test_a_step_that_repeats_is_so_many_occurrences():
    found = occurrences(
        [
            ReminderStep(-3),
            ReminderStep(7, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR), every=7, times=3),
        ]
    )

    assert [(occurrence.key, len(occurrence.to)) for occurrence in found] == [
        ("-3", 1),
        ("+7", 2),
        ("+14", 2),
        ("+21", 2),
    ]


def test_two_steps_of_one_day_are_one_occurrence_that_tells_everybody_in_the_order_of_escalation():
    [occurrence] = occurrences(
        [
            ReminderStep(5, (EscalationLevel.HR,)),
            ReminderStep(5, (EscalationLevel.OWNER,)),
            ReminderStep(5, (EscalationLevel.SUPERVISOR,)),
        ]
    )

    assert occurrence.to == (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR, EscalationLevel.HR)


def test_working_days_and_calendar_days_stand_in_one_order():
    found = occurrences(
        [
            ReminderStep(5, basis=Basis.WORKING),
            ReminderStep(5),
            ReminderStep(10),
            ReminderStep(-1, basis=Basis.WORKING),
            ReminderStep(0),
        ]
    )

    assert [occurrence.key for occurrence in found] == ["-1w", "+0", "+5", "+5w", "+10"]


@pytest.mark.parametrize(
    "steps",
    [
        [ReminderStep(366)],
        [ReminderStep(-366)],
        [ReminderStep(1, ())],
        [ReminderStep(1, times=2)],
        [ReminderStep(1, times=0)],
        [ReminderStep(1, every=1, times=61)],
        [ReminderStep(300, every=30, times=4)],
    ],
)
def test_what_is_no_sensible_rule_is_refused(steps):
    with pytest.raises(ValueError):
        occurrences(steps)


def test_what_is_stored_comes_back_as_it_was():
    steps = (
        *owner_steps(-7, 0),
        ReminderStep(3, (EscalationLevel.OWNER, EscalationLevel.HEAD), Basis.WORKING, every=5, times=2),
    )

    assert tuple(ReminderStep.of(step.as_json()) for step in steps) == steps


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("after", [-30, -5, -1, 0, 1, 3, 5, 15])
def test_the_last_due_date_of_an_occurrence_is_the_last_one_whose_day_has_come(region, basis, after):
    """Over 400 days: the way back from a day is the inverse of the way there, whatever lies between."""
    occurrence = Occurrence(after, basis, (EscalationLevel.OWNER,))
    for on in YEAR:
        due_on = occurrence.last_due(on, region)
        assert occurrence.day(due_on, region) <= on < occurrence.day(due_on + timedelta(days=1), region)


def test_five_working_days_after_christmas_eve_are_in_the_new_year():
    occurrence = Occurrence(5, Basis.WORKING, (EscalationLevel.OWNER,))

    # 2026: 25 and 26 December are holidays (Friday, Saturday), 1 January is a Friday.
    assert occurrence.day(date(2026, 12, 24), "DE-HH") == date(2027, 1, 4)


def test_days_are_counted_across_a_leap_day():
    assert Occurrence(365, Basis.CALENDAR, (EscalationLevel.OWNER,)).day(date(2028, 2, 29), "DE") == date(
        2029, 2, 28
    )
    assert Occurrence(-365, Basis.CALENDAR, (EscalationLevel.OWNER,)).day(date(2028, 2, 29), "DE") == date(
        2027, 3, 1
    )


# For any rule at all.

STEPS = st.builds(
    ReminderStep,
    after=st.integers(-60, 60),
    to=st.lists(st.sampled_from(EscalationLevel), min_size=1, unique=True).map(tuple),
    basis=st.sampled_from(Basis),
    every=st.integers(1, 30),
    times=st.integers(1, 5),
)
RULES = st.lists(STEPS, min_size=1, max_size=8)


@given(STEPS)
def test_any_step_comes_back_as_it_was_stored(step):
    assert ReminderStep.of(step.as_json()) == step


@given(RULES, st.randoms())
def test_the_order_in_which_steps_are_written_does_not_matter(steps, chance):
    mixed = list(steps)
    chance.shuffle(mixed)

    assert occurrences(mixed) == occurrences(steps)


@given(RULES)
def test_a_rule_says_nothing_twice_and_forgets_nobody(steps):
    found = occurrences(steps)

    assert len({occurrence.key for occurrence in found}) == len(found)
    assert [occurrence.order for occurrence in found] == sorted(occurrence.order for occurrence in found)
    told = {(occurrence.after, occurrence.basis): set(occurrence.to) for occurrence in found}
    for step in steps:
        for turn in range(step.times):
            assert set(step.to) <= told[step.after + turn * step.every, step.basis]
