"""Whoever opens a page that shows what is sensitive stands in the history: once a person, thing and day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit, reads, seal
from rmhr.models.accounts import Role
from rmhr.models.offers import OfferStatus
from rmhr.models.system import AuditEntry
from tests.factories import accounts, examples, offers, performance
from tests.factories.examples import Example
from tests.pages import PAGES, Page
from tests.test_pages import address, enter

__all__ = ["address", "enter"]

pytestmark = pytest.mark.both

#: The pages that are sensitive, and the table of what the history says was read. One more is added here on purpose.
SENSITIVE = {
    "applications.attached": "application",
    "council.show": "council_request",
    "history.index": "user",
    "interviews.decide": "application",
    "interviews.show": "interview",
    "offers.edit": "offer",
    "offers.index": "user",
    "offers.show": "offer",
    "performance.review": "review",
}


def told() -> list[AuditEntry]:
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == audit.READ)))


def signed_review() -> Example:
    """A review that both sides have signed, looked at by HR."""
    return Example(accounts.user(Role.HR), {"id": performance.signed().id})


def a_page(endpoint: str) -> Page:
    """The first page of this endpoint; interviews and reviews are looked at when they show judgements of others."""
    later = {"interviews.show": examples.interview_held, "performance.review": signed_review}
    if endpoint in later:
        return Page(endpoint, later[endpoint])
    return next(page for page in PAGES if page.endpoint == endpoint)


def test_these_pages_are_sensitive(app):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "sensitive", False)}
    assert marked == SENSITIVE.keys()


@pytest.mark.parametrize("endpoint", SENSITIVE)
def test_who_opens_it_stands_in_the_history_once_a_day(endpoint: str, address: Any, enter: Any, browser: Any):
    page = a_page(endpoint)
    example = page.example()
    url, client = address(page, example), enter(example.viewer)
    for _again in range(2):
        with client.get(url) as answer:
            assert answer.status_code == 200
    (entry,) = told()
    assert (entry.subject_type, entry.actor_id) == (SENSITIVE[endpoint], example.viewer.id)
    assert entry.actor_name == example.viewer.name

    with enter(accounts.user(Role.HR, Role.ADMIN)).get(url):
        pass
    assert len(told()) == 2
    with clock.at(clock.now() + timedelta(days=1)), enter(example.viewer).get(url):
        pass
    assert len(told()) == 3
    assert "Sensitive page opened" in browser(accounts.user(Role.COMPLIANCE)).get("/history").text


def test_what_nobody_was_shown_is_not_told(browser):
    offer = offers.offer(OfferStatus.SENT)
    for who in (accounts.user(Role.HR), accounts.user(Role.RM), None):
        browser(who).get(f"/offers/{offer.id + 1}")
    browser(accounts.user(Role.RM)).get(f"/offers/{offer.id}")
    assert told() == []


def test_pay_on_the_page_of_an_application_is_told_of_the_offer(browser):
    offer = offers.offer(OfferStatus.SENT)
    browser(accounts.user(Role.HR)).get(f"/applications/{offer.application_id}")
    assert [(each.subject_type, each.subject_id) for each in told()] == [("offer", offer.id)]


def test_the_history_of_a_thing_says_what_happened_to_it_and_not_who_looked(browser):
    offer, hr = offers.offer(OfferStatus.SENT), browser(accounts.user(Role.HR))
    hr.get(f"/offers/{offer.id}")
    assert "Sensitive page opened" not in hr.get(f"/offers/{offer.id}").text


def test_what_was_read_is_signed_and_sealed_like_everything_else(browser):
    browser(accounts.user(Role.COMPLIANCE)).get("/history")
    (entry,) = told()
    assert entry.signature
    seal.seal()
    assert seal.verify().damage is None


def test_one_entry_is_kept_however_often_it_comes(session):
    reader, offer = accounts.user(Role.HR), offers.offer()
    reads.keep([reads.entry(reader, offer)])
    reads.keep([reads.entry(reader, offer), reads.entry(accounts.user(Role.HR), offer)])
    assert len(told()) == 2


def test_the_two_sides_of_a_review_are_at_work_and_not_told(browser):
    review = performance.signed()
    for side in (review.user, review.supervisor):
        browser(side).get(f"/reviews/{review.id}")
    assert told() == []
