"""Where somebody is signed in: seen, ended from elsewhere, and gone after a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from rmhr.accounts import jobs, operations
from rmhr.core import clock
from rmhr.core.errors import NotAllowed
from rmhr.models.accounts import SignIn
from rmhr.web import devices
from tests.factories import accounts as factories
from tests.support.html import Html

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"


def is_in(client: Any) -> bool:
    return client.get("/profile").status_code == 200


def test_each_is_listed_with_its_device_and_can_be_ended(browser: Any, session: Any) -> None:
    lena = factories.user()
    here, there = browser(lena), browser(lena)
    page = Html(here.get("/profile/sessions"))
    assert page.texts("td b") == ["Firefox, Linux", "Firefox, Linux"]
    assert page.words().count("This one") == 1
    [end] = page.attributes("td form", "action")

    assert here.post(end).location == "/profile/sessions"

    assert not is_in(there)
    assert is_in(here)
    assert here.post(end).status_code == 404, "it has ended"


def test_all_others_end_at_once(browser: Any) -> None:
    lena = factories.user()
    here, others, murat = browser(lena), [browser(lena) for _ in range(3)], browser(factories.user())

    here.post("/profile/sessions/end-others")

    assert [is_in(each) for each in (here, *others, murat)] == [True, False, False, False, True]
    assert "End all others" not in here.get("/profile/sessions").text


def test_nobody_ends_what_is_another_s(browser: Any, session: Any) -> None:
    lena, murat = factories.user(), factories.user()
    theirs = browser(murat)
    row = session.scalars(select(SignIn).where(SignIn.user_id == murat.id)).one()

    assert browser(lena).post(f"/profile/sessions/{row.id}/end").status_code == 404
    with pytest.raises(NotAllowed):
        operations.access.end_session_of(lena, lena, row)
    assert is_in(theirs)


def test_the_last_use_is_noted_now_and_then(browser: Any, session: Any) -> None:
    client, now = browser(factories.user()), clock.now()
    row = session.scalars(select(SignIn)).one()
    for minutes, noted in ((10, False), (16, True), (20, False)):
        before = row.seen_at
        with clock.at(now + timedelta(minutes=minutes)):
            assert is_in(client)
        session.refresh(row)
        assert (row.seen_at > before) is noted


@pytest.mark.both
def test_after_a_month_nobody_knows_of_them(browser: Any, session: Any) -> None:
    old, new = browser(factories.user()), browser(factories.user())
    with clock.at(clock.now() + timedelta(days=20)):
        assert is_in(new)
    with clock.at(clock.now() + timedelta(days=31)):
        assert jobs.forget_sign_ins() == 1
        assert is_in(new)
        assert not is_in(old)


def test_a_cookie_without_its_row_opens_nothing(browser: Any) -> None:
    client = browser()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = factories.user().get_id(), True
    assert not is_in(client)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (EDGE, "Edge, Windows"),
        (IPHONE, "Safari, iPhone"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_in_two_words(header: str, words: str) -> None:
    assert devices.called(header) == words
