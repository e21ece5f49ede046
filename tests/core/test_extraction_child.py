"""A hostile file that has taken over the program that reads it reaches nothing: each escape, and each means alone."""

from __future__ import annotations

import functools

import pytest

from tools.attack.child import Tried, tried
from tools.attack.escapes import ALL, ESCAPES, Escape

pytestmark = pytest.mark.once


@functools.cache
def _tried(means: tuple[str, ...]) -> Tried:
    return tried(means)


@pytest.mark.parametrize("each", ESCAPES, ids=lambda each: each.name)
def test_an_escape_is_refused_or_harmless(each: Escape):
    found = _tried(ALL)
    if not found.testable(each):
        pytest.skip(f"NOT TESTED: this kernel offers none of {each.closed_by} against {each.name}")

    assert found.came[each.name] == ""
    assert found.harm == ""


@pytest.mark.parametrize("means", ALL)
def test_each_means_closes_alone_what_it_is_there_for(means: str):
    found = _tried((means,))
    if means in found.missing:
        pytest.skip(f"NOT TESTED: this kernel does not offer {means}")

    closed = [each for each in ESCAPES if means in each.closed_by]
    assert len(closed) > 3
    assert {each.name: found.came[each.name] for each in closed if not found.held(each)} == {}


def test_without_any_means_there_is_something_to_escape_to():
    found = _tried(())

    reached = {each.name for each in ESCAPES if not found.held(each)}
    assert {
        "listing uploads",
        "deleting an upload",
        "a connection by TCP",
        "the environment of the parent",
    } <= reached
    assert found.harm
