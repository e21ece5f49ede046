"""What assistive technology and spreadsheets call things: buttons, parts of a page, telephone numbers."""

from __future__ import annotations

import pytest
from lxml import html

from rmhr.models.accounts import Role
from rmhr.web import sheets
from tests.factories.accounts import user

#: Pages with a search of their own beside that of the bar.
SEARCHES = ("/search", "/people", "/requisitions/", "/applications/", "/postings/", "/inbox")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("address", SEARCHES)
def test_no_two_searches_of_a_page_have_one_name(browser, address, language):
    client = browser(user(Role.HR, Role.ADMIN, language=language))
    page = html.fromstring(client.get(address, follow_redirects=True).data)
    names = [each.get("aria-label") for each in page.xpath("//*[@role='search']")]
    assert names
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["Anna Kessler", "Şeyma Öz", "Plato"])
def test_the_name_of_the_account_button_has_everything_that_is_seen_on_it(browser, name):
    page = html.fromstring(browser(user(Role.HR, name=name)).get("/inbox").data)
    [button] = page.xpath("//summary[contains(@class, 'person')]")
    seen = [text.strip() for text in button.itertext() if text.strip()]
    assert len(seen) == 2
    assert " ".join(seen) in button.get("aria-label")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("+49 40 123456", "+49 40 123456"),
        ("+49 (0)40/123-456", "+49 (0)40/123-456"),
        ("+4940123456", "+4940123456"),
        ("+49 40 123 ext", "'+49 40 123 ext"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("+A1", "'+A1"),
        ("+", "'+"),
        ("++49", "'++49"),
        ("=1+1", "'=1+1"),
        ("-49 40", "'-49 40"),
    ],
)
def test_a_telephone_number_stays_one_and_nothing_else_may_begin_so(text, written):
    assert sheets.cell(text) == written
