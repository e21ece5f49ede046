"""Who sees which interview, and whose ratings when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from werkzeug.exceptions import NotFound

from rmhr.applications import queries as application_queries
from rmhr.interviews import queries
from rmhr.models.accounts import Role
from rmhr.models.interviews import InterviewStatus
from tests.factories import accounts
from tests.factories import interviews as make


def sees(viewer, it):
    """Whether this person finds the interview at all."""
    try:
        return queries.meetings.get(viewer, it.id) is it
    except NotFound:
        return False


def test_hr_the_panel_and_the_hiring_manager_see_an_interview():
    it = make.interview()
    assert sees(accounts.user(Role.HR), it)
    assert sees(it.seats[0].interviewer, it)
    assert sees(it.application.posting.hiring_manager, it)
    for other in (make.interviewer(), accounts.user(Role.SUPERVISOR), accounts.user(Role.ADMIN)):
        assert not sees(other, it)


def test_the_panel_sees_the_application_until_the_interview_is_cancelled():
    it = make.interview()
    person = it.seats[0].interviewer
    assert application_queries.applications.get(person, it.application_id) is it.application

    cancelled = make.interview(InterviewStatus.CANCELLED)
    with pytest.raises(NotFound):
        application_queries.applications.get(cancelled.seats[0].interviewer, cancelled.application_id)
    with pytest.raises(NotFound):
        application_queries.applications.get(make.interviewer(), it.application_id)


def test_one_reads_the_others_only_after_handing_in(session):
    people = [make.interviewer() for _ in range(3)]
    it = make.interview(hours=-2, panel=people)
    first, second, third = (make.card_of(it, person) for person in people)
    hr, manager = accounts.user(Role.HR), it.application.posting.hiring_manager

    def read(person):
        return list(queries.scorecards.readable(person, it))

    assert [read(person) for person in (*people, hr, manager)] == [[]] * 5

    make.rate(first)
    make.rate(second, submitted=False)
    assert read(people[0]) == [first]
    assert read(people[1]) == []
    assert read(people[2]) == []
    assert read(hr) == read(manager) == []

    make.rate(third)
    assert read(people[0]) == read(people[2]) == [first, third]
    assert read(people[1]) == []
    assert read(hr) == read(manager) == []


def test_hr_reads_when_all_are_in():
    it = make.judged(make.interview(hours=-2))
    cards = [seat.scorecard for seat in it.seats]
    assert list(queries.scorecards.readable(accounts.user(Role.HR), it)) == cards
    assert list(queries.scorecards.readable(it.application.posting.hiring_manager, it)) == cards


def test_a_stranger_reads_nothing_even_when_all_are_in():
    it = make.judged(make.interview(hours=-2))
    assert list(queries.scorecards.readable(make.interviewer(), it)) == []


def test_hr_on_the_panel_is_as_blind_as_everybody_on_it():
    hr = accounts.user(Role.HR, Role.INTERVIEWER)
    it = make.interview(hours=-2, panel=[hr, make.interviewer()])
    make.rate(make.card_of(it, it.seats[1].interviewer))
    assert list(queries.scorecards.readable(hr, it)) == []


def test_a_scorecard_is_found_by_its_owner_alone():
    it = make.interview(hours=-2)
    owner, other = (seat.interviewer for seat in it.seats)
    assert queries.scorecards.own_scorecard(owner, it.id) is make.card_of(it, owner)
    assert queries.scorecards.own_scorecard(other, it.id) is make.card_of(it, other)
    for person in (accounts.user(Role.HR), it.application.posting.hiring_manager):
        with pytest.raises(NotFound):
            queries.scorecards.own_scorecard(person, it.id)


def test_a_free_hour_touches_the_busy_one_without_overlapping():
    it = make.interview(hours=48)
    person = it.seats[0].interviewer
    hour = timedelta(hours=1)

    def busy(start, end, but=None):
        return [name for name, _other in queries.planning.clashes([person.id], start, end, but)]

    assert busy(it.starts_at, it.ends_at) == [person]
    assert busy(it.starts_at - hour, it.starts_at) == []
    assert busy(it.ends_at, it.ends_at + hour) == []
    assert busy(it.starts_at, it.ends_at, it.id) == []
    make.judged(it)
    assert busy(it.starts_at, it.ends_at) == []
