"""Who reads an open posting: switched by HR with a question before it, and nothing else changes."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.models.postings import Audience
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import operations
from tests.factories.postings import posting

from .test_editor import typed


def test_an_open_posting_is_taken_in_house_and_out_again(browser):
    row = posting()
    client, address = browser(row.recruiter), f"/postings/{row.id}/audience"

    question = client.get(address).text
    assert "Show to colleagues only" in question
    assert client.post(address, data={"seen": "public"}).status_code == 302

    assert (row.audience, row.status) == (Audience.INTERNAL, S.PUBLISHED)
    assert browser().get(f"/careers/{row.slug}").status_code == 404
    assert "Show to everybody" in client.get(address).text
    assert audit.timeline(row)[0].action == "postings.switch_audience"
    client.post(address, data={"seen": "internal"})
    assert browser().get(f"/careers/{row.slug}").status_code == 200


def test_colleagues_read_what_is_internal(browser):
    row = posting(audience=Audience.INTERNAL)

    page = browser(row.hiring_manager).get(f"/postings/{row.id}").text

    assert "Colleagues only" in page
    assert "Colleagues can apply until" in page
    assert f"/careers/{row.slug}" not in page


def test_a_question_that_is_out_of_date_switches_nothing(browser):
    row = posting()

    browser(row.recruiter).post(f"/postings/{row.id}/audience", data={"seen": "internal"})

    assert row.audience is Audience.PUBLIC


def test_only_hr_and_only_what_is_open():
    row, draft = posting(), posting(status=S.DRAFT)

    with pytest.raises(NotAllowed):
        operations.audience.switch_audience(row.hiring_manager, row, audience=Audience.INTERNAL)
    with pytest.raises(NotPossible, match="already"):
        operations.audience.switch_audience(row.recruiter, row, audience=Audience.PUBLIC)
    with pytest.raises(NotPossible, match="open or paused"):
        operations.audience.switch_audience(draft.recruiter, draft, audience=Audience.INTERNAL)
    with pytest.raises(NotPossible, match="a page of its own"):
        operations.postings.revise(row.recruiter, row, facts={"audience": Audience.INTERNAL}, sections={})


def test_the_editor_of_an_open_posting_does_not_switch_it_by_the_way(browser):
    row = posting()
    client = browser(row.recruiter)

    assert 'name="audience"' not in client.get(f"/postings/{row.id}/edit").text
    answer = client.post(f"/postings/{row.id}/edit", data=typed(row, audience="internal"))

    assert answer.status_code == 302
    assert row.audience is Audience.PUBLIC
