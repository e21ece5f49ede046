"""What begins within the hour is the next step, whatever else is late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from tests.factories import interviews as make
from tests.support.html import Html

pytestmark = pytest.mark.both


@pytest.fixture
def person():
    """Somebody with a scorecard that is long late, and an interview ahead."""
    who = make.interviewer()
    make.interview(hours=-24 * 5, panel=[who, make.interviewer()])
    return who


def next_step(browser, person):
    return Html(browser(person).get("/today")).words(".next")


def test_an_interview_within_the_hour_comes_before_what_is_late(browser, person):
    coming = make.interview(hours=2, panel=[person, make.interviewer()])
    assert "Hand in your scorecard" in next_step(browser, person)

    with clock.at(coming.starts_at - timedelta(minutes=25)):
        said = next_step(browser, person)
        assert coming.application.name in said
        assert "Begins in 25 minutes" in said
        page = Html(browser(person).get("/today"))
        assert coming.application.name not in " ".join(page.texts(".due__row")), "it is not told twice"

    with clock.at(coming.starts_at + timedelta(minutes=1)):
        assert "Begins in" not in next_step(browser, person)
