"""A rule that somebody thinks of travels in an address and arrives as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmhr.reminders.rules import proposal
from tests.core.test_reminder_steps import RULES

pytestmark = pytest.mark.once


@given(RULES)
def test_any_rule_arrives_as_it_was_written(steps):
    told = [step for step in steps if step.times > 1]
    once = [type(step)(step.after, step.to, step.basis) for step in steps if step.times == 1]

    assert proposal.read(proposal.written([*told, *once])) == [*told, *once]


@given(st.text(max_size=40))
def test_no_text_in_an_address_breaks_it(text):
    try:
        steps = proposal.read(text)
    except ValueError:
        return
    assert proposal.read(proposal.written(steps)) == steps


@given(RULES)
def test_lines_of_one_day_become_one_and_nobody_is_lost(steps):
    made = proposal.merged(steps)

    assert len({(step.after, step.basis, step.every, step.times) for step in made}) == len(made)
    assert {party for step in made for party in step.to} == {party for step in steps for party in step.to}
    assert proposal.merged(made) == made
