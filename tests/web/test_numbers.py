"""Numbers in addresses: whatever somebody types there, the page is found or not, and never broken."""

from __future__ import annotations

import pytest

from rmhr.models.accounts import Role
from rmhr.web.numbers import LARGEST, whole
from tests.factories import accounts
from tests.support.html import Html

pytestmark = pytest.mark.both


@pytest.mark.once
@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1.5", "²", "٣", "1e3", "9" * 30, str(LARGEST + 1), None]
)
def test_what_is_no_plain_number_is_none(text):
    assert whole(text) is None


def test_a_plain_number_is_read_up_to_the_most_that_is_allowed():
    assert whole(str(LARGEST)) == LARGEST
    assert whole("007", 100) == 7
    assert whole("8", 7) is None


@pytest.mark.parametrize("id", ["9" * 20, str(LARGEST + 1), str(LARGEST)])
@pytest.mark.parametrize(
    "path", ["/people/{}", "/goals/{}", "/inbox/{}", "/interviews/{}", "/training/{}/exam"]
)
def test_an_id_too_large_for_the_database_is_nobodys(browser, path, id):
    client = browser(accounts.user(Role.HR, Role.ADMIN))
    assert client.get(path.format(id)).status_code == 404


@pytest.mark.parametrize("name", ["after", "before", "from", "page", "below", "person"])
@pytest.mark.parametrize("text", ["²", "9" * 30, "-1", "x"])
def test_a_list_with_a_broken_address_is_the_list(browser, name, text):
    client = browser(accounts.user(Role.HR, Role.ADMIN))
    for path in ("/people", "/goals/", "/units/new", "/admin/reminders/simulator"):
        plain, broken = client.get(path), client.get(path, query_string={name: text})
        assert Html(broken).words("h1") == Html(plain).words("h1")
        assert Html(broken).texts("tbody tr") == Html(plain).texts("tbody tr")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/certificates/%00", 404),
        ("/people?q=%00", 400),
        ("/admin/reminders/%00", 404),
        ("/search?q=a%00b", 400),
    ],
)
def test_an_address_with_a_nul_in_it_leads_nowhere(browser, path, status):
    assert browser(accounts.user(Role.ADMIN)).get(path).status_code == status
