"""Lists: what is searched, filtered and sorted stands in the address; pages go by key."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmhr.models.accounts import Role, Theme, User
from rmhr.web.tables import Filter, Listing
from tests.factories import accounts, numbers

pytestmark = pytest.mark.both


@pytest.fixture
def listing(app):
    """`listing("?sort=-name")` is that page of a list of people, five to a page."""

    def make(address=""):
        with app.test_request_context(f"/people{address}"):
            from flask import request

            request.url_rule = next(r for r in app.url_map.iter_rules() if r.endpoint == "health.healthz")
            page = Listing(
                sa.select(User),
                key=User.id,
                sorts={"name": User.name, "id": User.id},
                default="name",
                search=[User.name, User.email],
                filters=[Filter("theme", "Theme", User.theme, Theme)],
                size=5,
            )
            page.other_way = page.sort_url("name")
            return page

    return make


def names(page):
    return [user.name for user in page.rows]


@pytest.fixture
def people():
    return [
        accounts.user(Role.RM, name=f"Name {n:02}", email=f"{chr(97 + n)}@bank.example") for n in range(12)
    ]


def query(url):
    return "?" + url.partition("?")[2]


def test_pages_follow_each_other_there_and_back(listing, people):
    one = listing("")
    assert names(one) == [f"Name {n:02}" for n in range(5)]
    assert (one.first, one.last, one.total, one.back_url) == (1, 5, 12, None)
    two = listing(query(one.next_url))
    assert names(two) == [f"Name {n:02}" for n in range(5, 10)]
    three = listing(query(two.next_url))
    assert names(three) == ["Name 10", "Name 11"]
    assert (three.first, three.last, three.next_url) == (11, 12, None)
    again = listing(query(three.back_url))
    assert names(again) == names(two)
    start = listing(query(again.back_url))
    assert names(start) == names(one)
    assert start.back_url is None


def test_the_other_direction(listing, people):
    one = listing("?sort=-name")
    assert names(one)[0] == "Name 11"
    assert one.sorted("name") == "descending"
    assert names(listing(query(one.next_url)))[0] == "Name 06"
    assert "sort=name" in one.other_way


def test_every_word_must_be_found_and_signs_are_only_signs(listing, people):
    accounts.user(name="100%_sure")
    assert names(listing("?q=name+07")) == ["Name 07"]
    assert names(listing("?q=%25_")) == ["100%_sure"]
    assert listing("?q=nobody").rows == []
    assert listing("?q=nobody").narrowed


def test_equal_values_are_not_lost_between_pages(listing):
    for _n in range(11):
        accounts.user(name="Same")
    seen, url = set(), ""
    while url is not None:
        page = listing(query(url) if url else "")
        seen |= {user.id for user in page.rows}
        url = page.next_url
    assert len(seen) == 11


def test_nonsense_in_the_address_is_ignored(listing, people):
    assert names(listing("?sort=password&after=x&theme=plaid&from=-3"))[0] == "Name 00"
    assert listing("?after=999999999").rows


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["Ada", "Åsa", "ada", "Öz", "Zoë"]), max_size=17), st.booleans())
def test_any_list_is_walked_there_and_back_without_a_gap_or_a_double(listing, given_names, down):
    word = f"walk{next(numbers)}"
    for name in given_names:
        accounts.user(name=name, email=f"{word}.{next(numbers)}@bank.example")
    sort = "-name" if down else "name"

    there = [listing(f"?q={word}&sort={sort}")]
    while there[-1].next_url:
        there.append(listing(query(there[-1].next_url)))
    back = [there[-1]]
    while back[-1].back_url:
        back.append(listing(query(back[-1].back_url)))

    assert sorted(user.name for page in there for user in page.rows) == sorted(given_names)
    assert len({user.id for page in there for user in page.rows}) == len(given_names)
    assert [[user.id for user in page.rows] for page in reversed(back)] == [
        [user.id for user in page.rows] for page in there
    ]
    assert [(page.first, page.last) for page in reversed(back)] == [(p.first, p.last) for p in there]
