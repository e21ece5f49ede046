"""Lists as somebody likes to see them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.workspace import SavedView
from tests.factories.accounts import user
from tests.factories.postings import posting
from tests.support.html import Html


def saved():
    return list(db.session.scalars(sa.select(SavedView).order_by(SavedView.id)))


def keep(client, name="Open in Kiel", page="postings.index", **state):
    data = {"page": page, "name": name} | {f"state-{key}": value for key, value in state.items()}
    return client.post("/saved-views", data=data)


def test_a_list_is_kept_as_it_is_and_offered_in_its_menu(browser):
    hr = user(Role.HR)
    posting()
    client = browser(hr)
    assert "then you can keep how it looks" in client.get("/postings/").text

    page = client.get("/postings/?status=published&q=Kiel&sort=closes").text
    assert 'name="state-status" value="published"' in page
    answer = keep(client, status="published", q="Kiel", sort="closes")

    (view,) = saved()
    assert (view.user_id, view.page, view.name) == (hr.id, "postings.index", "Open in Kiel")
    assert view.state == {"status": "published", "q": "Kiel", "sort": "closes"}
    shown = client.get(answer.location).text
    assert "View saved" in shown
    assert 'aria-current="true"' in shown
    assert "state-status" not in shown, "it is kept already"


def test_the_same_name_replaces_and_what_is_empty_is_not_kept(browser):
    client = browser(user(Role.HR))
    keep(client, status="draft", q="")
    keep(client, status="closed")

    (view,) = saved()
    assert view.state == {"status": "closed"}


def test_a_view_belongs_to_one_person(browser):
    one, other = user(Role.HR), user(Role.HR)
    keep(browser(one), status="draft")
    (view,) = saved()

    assert "Open in Kiel" not in browser(other).get("/postings/?q=x").text
    assert browser(other).post(f"/saved-views/{view.id}/delete").status_code == 404
    answer = browser(one).post(f"/saved-views/{view.id}/delete")

    assert answer.location == "/postings/"
    assert saved() == []


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("postings.index", 302),
        ("postings.show", 404),
        ("no.such.page", 404),
        ("mail.index", 404),
        ("", 404),
    ],
)
def test_only_lists_that_one_may_open_are_kept(browser, page, status):
    assert keep(browser(user(Role.HR)), page=page, status="draft").status_code == status


def test_without_a_name_nothing_is_kept_and_the_list_stays_as_it_was(browser):
    client = browser(user(Role.HR))

    answer = keep(client, name="  ", status="draft")

    assert answer.location == "/postings/?status=draft"
    assert "Enter a name." in client.get(answer.location).text
    assert saved() == []


def test_there_is_an_end_to_how_many(browser):
    client = browser(user(Role.HR))
    for number in range(20):
        keep(client, name=f"View {number}", status="draft")

    assert keep(client, name="One more", status="draft").status_code == 409
    assert len(saved()) == 20


def test_a_view_of_what_is_no_more_still_opens(browser):
    client = browser(user(Role.HR))
    row = posting()
    keep(client, status="no such status", gone="x")

    [address] = Html(client.get("/postings/")).attributes('a[href*="no+such+status"]', "href")
    assert f"/postings/{row.id}" in Html(client.get(address)).attributes("main a", "href")
