"""Public pages that a process has made already: shown again as long as nothing that they are made of has changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from rmhr.careers import queries as site
from rmhr.core import clock, public_state
from rmhr.core.db import Audited, db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.duties import BankDuties
from rmhr.models.postings import Posting, PostingPlace, PostingStatus
from rmhr.models.workspace import FormDraft
from rmhr.web import caching
from rmhr.web.caching import PAGES, Made, Pages
from tests.factories import accounts, duties, postings
from tests.factories.applications import application, document

pytestmark = pytest.mark.both


@pytest.fixture
def kept(app):
    """A process that keeps pages."""
    app.extensions[PAGES] = Pages()
    yield app.extensions[PAGES]
    app.extensions[PAGES] = None


@pytest.fixture
def row() -> Posting:
    """An open posting, written and committed."""
    postings.career_site(shows_count=True)
    made = postings.posting(
        title=Words.both("First (f/m/x)", "Erste (m/w/d)"), unit=accounts.unit(name="Altona")
    )
    db.session.commit()
    return made


#: What a statement reads from.
TABLE = re.compile(r'\b(?:FROM|JOIN) "?(\w+)')


@pytest.fixture
def career_pages(app, row) -> dict[str, str]:
    """The address of each page that is kept, by endpoint."""
    picture = document()
    with audit.acting(SYSTEM, "tests.change"):
        site.row().imprint, site.row().logo = Words.both("Nordbank", "Nordbank"), picture
    db.session.commit()
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if caching.as_made_before in app.before_request_funcs.get(rule.endpoint.rpartition(".")[0], ())
    ]
    return {rule.endpoint: rule.rule.replace("<slug>", row.slug) for rule in rules}


PAGES_OF_ALL = ("/careers/", "/careers/{slug}", "/careers/feed.xml", "/careers/jobs.json", "/sitemap.xml")


def test_what_was_made_is_shown_again_with_one_statement(kept, row, browser, max_queries):
    for address in PAGES_OF_ALL:
        client, url = browser(), address.format(slug=row.slug)
        first = client.get(url)
        with max_queries(1):
            again = browser().get(url)
        assert again.data == first.data
        told = ("Content-Type", "Cache-Control", "Vary", "ETag", "Content-Security-Policy")
        assert {name: again.headers.get(name) for name in told} == {
            name: first.headers.get(name) for name in told
        }
        same = browser().get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (same.status_code, same.data) == (304, b"")


CHANGES: dict[str, Callable[[Posting], Any]] = {
    "another title": lambda it: setattr(it, "title", Words.both("Second (f/m/x)", "Zweite (m/w/d)")),
    "another text": lambda it: setattr(it.sections[0], "text", Words.both("Danish", "Dänisch")),
    "a further place": lambda it: it.further_places.append(
        PostingPlace(position=9, unit=it.unit, place="Kiel")
    ),
    "its unit moves": lambda it: setattr(it.unit, "place", "Ottensen"),
    "another name of its recruiter": lambda it: setattr(it.recruiter, "name", "Ida Iversen"),
    "one section less": lambda it: it.sections.remove(it.sections[0]),
    "it closes": lambda it: setattr(it, "status", PostingStatus.PAUSED),
    "another name of the bank": lambda _it: setattr(site.row(), "name", "Nordbank"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_anything_of_it_is_read_at_once(kept, row, browser, what):
    before = browser().get(f"/careers/{row.slug}").data
    stamp = public_state.stamp()
    with audit.acting(SYSTEM, "tests.change"):
        CHANGES[what](db.session.get_one(Posting, row.id))
    db.session.commit()
    assert public_state.stamp() != stamp
    assert browser().get(f"/careers/{row.slug}").data != before


def test_what_the_bank_says_of_itself_is_read_at_once(kept, row, browser):
    assert "Kiel" not in browser().get("/careers/imprint").text
    with duties.changing():
        db.session.get_one(BankDuties, 1).seat = "Kiel"
    assert "Kiel" in browser().get("/careers/imprint").text


def test_who_applies_is_counted_at_once(kept, row, browser):
    assert "have applied" not in browser().get(f"/careers/{row.slug}").text
    for _ in range(2):
        application(posting=db.session.get_one(Posting, row.id))
    assert "2 people have applied so far" in browser().get(f"/careers/{row.slug}").text


def test_what_concerns_no_stranger_or_was_taken_back_leaves_it(kept, row):
    stamp = public_state.stamp()
    db.session.add(FormDraft(user_id=row.recruiter_id, form="x", typed=[], saved_at=clock.now()))
    db.session.commit()
    with audit.acting(SYSTEM, "tests.change"):
        row.title = Words.both("Never (f/m/x)", "Nie (m/w/d)")
    db.session.rollback()
    db.session.commit()
    assert public_state.stamp() == stamp


def test_pages_differ_by_language_address_and_day(kept, row, browser, monkeypatch):
    english = browser().get("/careers/").text
    assert "Erste" in browser(language="de").get("/careers/").text
    assert "Erste" in browser().get("/careers/?lang=de").text
    assert browser().get("/careers/").text == english
    last = clock.now() + timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: last)
    assert "First" not in browser().get("/careers/").text


def test_whoever_is_signed_in_gets_a_page_of_their_own(kept, row, browser):
    browser().get(f"/careers/{row.slug}")
    hr = accounts.user(Role.HR, language="de")
    db.session.commit()
    browser().get(f"/careers/{row.slug}")
    assert "Erste" in browser(hr).get(f"/careers/{row.slug}").text
    assert "Erste" not in browser().get(f"/careers/{row.slug}").text


def test_what_is_to_be_told_is_told(kept, row, browser):
    browser().get("/careers/")
    client = browser()
    with client.session_transaction() as session:
        session["_flashes"] = [("good", "It is done.")]
    assert "It is done." in client.get("/careers/").text
    assert "It is done." not in client.get("/careers/").text
    assert "It is done." not in browser().get("/careers/").text


def test_forms_are_made_for_each(kept, row, browser, app, monkeypatch):
    monkeypatch.setitem(app.config, "CSRF_ENABLED", True)
    one, other = (browser().get(f"/careers/{row.slug}/apply").text for _ in range(2))
    assert one != other
    assert 'name="csrf_token"' in one


def test_the_oldest_page_goes_where_there_is_no_room():
    pages, made = Pages(room=25), Made(200, (), b"0123456789")
    for key in "abc":
        pages.keep(1, key, made)
    assert [bool(pages.find(1, key)) for key in "abc"] == [False, True, True]
    pages.keep(1, "d", Made(200, (), bytes(26)))
    assert pages.find(1, "d") is None, "larger than all the room"
    assert pages.find(2, "b") is None, "made in another state"
    pages.keep(2, "b", made)
    assert pages.find(1, "c") is None


def test_every_table_that_such_a_page_reads_changes_its_state(app, career_pages, browser):
    """No page is made of a table whose changes it does not hear of."""
    heard = {row.__tablename__ for row in public_state.READ}
    for endpoint, url in career_pages.items():
        read: set[str] = set()

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any, read: set[str] = read) -> None:
            read.update(TABLE.findall(statement))

        sa.event.listen(Engine, "before_cursor_execute", note)
        try:
            assert browser().get(url).status_code == 200, endpoint
        finally:
            sa.event.remove(Engine, "before_cursor_execute", note)
        assert read & set(db.metadata.tables) <= heard, endpoint


def test_nothing_of_it_is_written_behind_the_back_of_the_session():
    assert [each for each in public_state.READ if not issubclass(each, Audited)] == []
