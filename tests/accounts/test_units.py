"""The pages of units: what is typed wrong is said at its field."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.models.accounts import Role, Unit
from tests.factories import accounts


def typed(**given: Any) -> dict[str, Any]:
    """What the page sends."""
    empty = {"timezone": "", "parent_id": "", "head_id": "", "hr_id": "", "compliance_id": ""}
    return (
        {"name": "Övelgönne", "kind": "branch", "place": "Hamburg", "holiday_region": "DE-HH"} | empty | given
    )


@pytest.mark.both
def test_a_second_unit_of_the_same_name_is_refused_also_where_it_begins_with_an_umlaut(
    browser: Any, session: Any
) -> None:
    above, hr = accounts.unit(), browser(accounts.user(Role.HR))
    assert hr.post("/units/new", data=typed(parent_id=str(above.id))).status_code == 303
    answer = hr.post("/units/new", data=typed(parent_id=str(above.id)))
    assert answer.status_code == 422
    assert "There is a unit of this name here already." in answer.text
    assert session.query(Unit).filter_by(name="Övelgönne").count() == 1


def test_a_unit_below_one_that_cannot_exist_is_refused_at_its_field(browser: Any) -> None:
    hr = browser(accounts.user(Role.HR))
    answer = hr.post("/units/new", data=typed(parent_id="9" * 30))
    assert answer.status_code == 422
    assert "Not a valid choice." in answer.text
    assert hr.get(f"/units/new?below={'9' * 30}").status_code == 200


def test_a_place_of_ten_thousand_characters_is_refused_and_kept_in_the_form(browser: Any) -> None:
    place = "Hafen " * 2000
    answer = browser(accounts.user(Role.HR)).post("/units/new", data=typed(place=place))
    assert answer.status_code == 422
    assert place.strip() in answer.text
