"""Every page of tests/pages.py: who may open it, and that it costs the same however much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, url_for

from rmhr.core.db import db
from rmhr.core.policy import anyone
from rmhr.models.accounts import Role
from rmhr.models.applications import Applicant
from tests.factories import accounts, applications
from tests.factories.examples import Example
from tests.pages import FEW, LEFT_OUT, MANY, MOST, PAGES, Page

#: The pages that show the same example.
SHOWN: dict[Callable[[], Example], list[Page]] = defaultdict(list)
for each in PAGES:
    SHOWN[each.example].append(each)
BY_EXAMPLE = pytest.mark.parametrize(
    ("make", "pages"), [pytest.param(make, pages, id=make.__name__) for make, pages in SHOWN.items()]
)


@pytest.fixture
def address(app: Flask) -> Callable[[Page, Example], str]:
    """`address(page, example)` is where the page stands."""

    def build(page: Page, example: Example) -> str:
        rules = [rule for rule in app.url_map.iter_rules(page.endpoint) if "GET" in (rule.methods or ())]
        with app.test_request_context():
            return url_for(page.endpoint, **page.address(example, set(rules[0].arguments)))

    return build


@pytest.fixture
def enter(browser: Any) -> Callable[[Any], Any]:
    """`enter(somebody)` is a client of a colleague, of an applicant with their private link, or of a stranger."""

    def sign_in(viewer: Any) -> Any:
        return applications.holder(browser(), viewer) if isinstance(viewer, Applicant) else browser(viewer)

    return sign_in


@pytest.mark.once
def test_every_page_stands_in_the_table(app: Flask):
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    pages = {endpoint for endpoint in opened if not endpoint.endswith("static")}
    assert pages - LEFT_OUT.keys() == {page.endpoint for page in PAGES}
    assert LEFT_OUT.keys() <= pages


@pytest.mark.once
def test_the_table_says_of_each_page_whether_it_is_public(app: Flask):
    for page in PAGES:
        view: Any = app.view_functions[page.endpoint]
        assert (view.access is anyone) == (page.opens is None), page.endpoint


@pytest.mark.once
def test_what_is_not_as_the_house_asks_has_its_reason():
    for page in PAGES:
        excused = page.statements > MOST or page.grown is not None or page.rows != MANY
        assert bool(page.why) == excused, page.endpoint


@BY_EXAMPLE
def test_a_page_asks_as_often_for_a_thousand_rows_as_for_ten(make, pages, address, enter, max_queries):
    example = make()
    client = enter(example.viewer)

    def asks(page: Page) -> int:
        with max_queries(10_000) as asked, client.get(address(page, example)) as answer:
            assert answer.status_code == page.status, f"{page.endpoint}: {answer.status}"
            assert answer.get_data() or page.status == 302, page.endpoint
        return len(asked)

    def grow(by: int) -> None:
        example.more(by)
        db.session.commit()

    grow(FEW)
    few = {page: asks(page) for page in pages}
    rows, many = FEW, {}
    for goal in sorted({page.rows for page in pages}):
        grow(goal - rows)
        rows = goal
        many.update({page: asks(page) for page in pages if page.rows == goal})

    faults = [fault for page in pages if (fault := _fault(page, few[page], many[page]))]
    assert not faults, "\n".join(faults)


def _fault(page: Page, few: int, many: int) -> str:
    """What is not as the table says; nothing where it is."""
    if few > page.statements or (few < page.statements and page.statements > MOST):
        return f"{page.endpoint} asks {few} times for {FEW} rows, the table says {page.statements}"
    if many != (few if page.grown is None else page.grown):
        return f"{page.endpoint} asks {few} times for {FEW} rows and {many} times for {page.rows}"
    return ""


@pytest.mark.sqlite  # what is asked is the access rule and the scoped query, which the test above runs on both
@BY_EXAMPLE
def test_who_may_open_a_page(make, pages, address, enter):
    example = make()
    addresses = {page: address(page, example) for page in pages if page.opens is not None}
    faults = []
    for role in Role:
        client = enter(accounts.user(role))
        for page, url in addresses.items():
            with client.get(url) as answer:
                opened = answer.status_code < 400 and not (answer.location or "").endswith("/link")
                refused = answer.status_code in (403, 404) or (answer.location or "").endswith("/link")
            assert opened != refused, f"{page.endpoint} answers {answer.status} to {role.value}"
            if opened != (role in (page.opens or ())):
                faults.append(f"{page.endpoint} {'opens' if opened else 'does not open'} for {role.value}")
    assert not faults, "\n".join(faults)
