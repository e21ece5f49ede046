"""Who sees which posting, and what is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from werkzeug.exceptions import NotFound

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import Words, speaking
from rmhr.models.accounts import RmType, Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import queries
from tests.factories.accounts import user
from tests.factories.applications import application
from tests.factories.postings import posting


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("HR", set(S)),
        ("hiring manager", set(S)),
        ("another supervisor", {S.PUBLISHED, S.PAUSED, S.CLOSED, S.ARCHIVED}),
        ("interviewer", {S.PUBLISHED, S.PAUSED, S.CLOSED, S.ARCHIVED}),
    ],
)
def test_who_sees_which_posting(who, sees):
    manager = user(Role.SUPERVISOR)
    viewer = {
        "HR": lambda: user(Role.HR),
        "hiring manager": lambda: manager,
        "another supervisor": lambda: user(Role.SUPERVISOR),
        "interviewer": lambda: user(Role.INTERVIEWER),
    }[who]()
    rows = {status: posting(status=status, hiring_manager=manager) for status in S}

    seen = {row.status for row in db.session.scalars(queries.postings.visible_to(viewer)).unique()}
    assert seen == sees
    for status, row in rows.items():
        if status in sees:
            assert queries.postings.get(viewer, row.id) is row
        else:
            with pytest.raises(NotFound):
                queries.postings.get(viewer, row.id)


def test_strangers_find_what_is_open_and_know_what_was():
    today = clock.today()
    last_day = posting(closes_on=today, place="Kiel")
    over, draft, closed = (
        posting(closes_on=today - timedelta(days=1)),
        posting(status=S.DRAFT),
        posting(status=S.CLOSED),
    )

    assert db.session.scalars(queries.postings.published()).unique().all() == [last_day]
    assert queries.postings.places() == ["Kiel"]
    assert queries.postings.by_slug(over.slug) is over
    assert queries.postings.by_slug(closed.slug) is closed
    for slug in (draft.slug, "nothing"):
        with pytest.raises(NotFound):
            queries.postings.by_slug(slug)


def test_other_jobs_begin_with_those_of_the_same_kind():
    here = posting(status=S.CLOSED)
    other = posting(rm_type=RmType.CORPORATE, closes_on=clock.today() + timedelta(days=1))
    same = posting()

    assert list(queries.postings.others(here)) == [same, other]


def test_applications_are_counted_by_how_far_they_are_in_one_query(max_queries):
    busy, quiet = posting(), posting()
    for status in (
        ApplicationStatus.RECEIVED,
        ApplicationStatus.SCREENING,
        ApplicationStatus.INTERVIEWING,
        ApplicationStatus.WITHDRAWN,
    ):
        application(posting=busy, status=status)

    ids, hr = [busy.id, quiet.id], user(Role.HR)
    assert hr.has(Role.HR)  # as whoever is signed in, known before
    with max_queries(1):
        found = queries.lists.counts(hr, ids)

    assert found[busy.id] == queries.lists.Counts(new=2, under_way=1, hired=0, ended=1)
    assert found[busy.id].all == 4
    assert found[quiet.id] == queries.lists.Counts()
    assert queries.versions.applied_to(busy.current) == 4
    assert queries.versions.applied_to(quiet.current) == 0


def test_titles_are_ordered_in_the_readers_language_and_fall_back():
    row = posting(title=Words.both("English", "Deutsch"))
    alone = posting(title=Words(en="", de="Nur deutsch"))
    query = queries.postings.visible_to(user(Role.HR)).with_only_columns(queries.lists.title_column())

    assert set(db.session.scalars(query)) == {"English", "Nur deutsch"}
    with speaking("de"):
        query = queries.postings.visible_to(row.recruiter).with_only_columns(queries.lists.title_column())
        assert set(db.session.scalars(query)) == {"Deutsch", "Nur deutsch"}
    assert alone.slug


def test_the_search_of_everything_finds_postings_for_those_who_work_on_them():
    row = posting(title=Words.both("Corporate q7% RM", "Firmenkunden Ä"), place="Lübeck")

    for words in ("corporate", "firmenkunden lübeck", "q7%", row.unit.name):
        assert [
            hit.values["id"] for kind, hits in accounts.search.found(row.recruiter, words) for hit in hits
        ] == [row.id]
    assert accounts.search.found(row.recruiter, "corpor_t%") == []
    assert accounts.search.found(user(Role.RM), "corporate") == []


def test_of_postings_that_say_it_equally_well_the_closed_ones_come_last():
    hr, title = user(Role.HR), Words.both("Corporate RM", "Firmenkunden")
    made = [posting(status=status, title=title) for status in (S.CLOSED, S.PUBLISHED, S.ARCHIVED, S.DRAFT)]
    closed, opened, archived, draft = made

    assert list(queries.lists.matching(hr, "corporate")) == [draft, opened, archived, closed]
    assert queries.lists.matching(hr, "corporate", most=2) == [draft, opened]
