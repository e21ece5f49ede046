"""The pages of units: what is typed wrong is said at its field."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.core.lists.declaration import FEW
from rmhr.models.accounts import Role, Unit
from tests.factories import accounts
from tests.support.html import Html


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


@pytest.mark.both
def test_a_unit_is_not_offered_below_itself_or_its_own_units(browser: Any) -> None:
    bank = accounts.unit(name="Nordbank")
    region = accounts.unit(name="Holstein", parent=bank)
    branch = accounts.unit(name="Kiel", parent=region)
    hr = browser(accounts.user(Role.HR))
    options = "select[name='parent_id'] option"
    offered = Html(hr.get(f"/units/{region.id}")).texts(options)
    assert offered == ["None (top unit)", "Nordbank"]
    assert len(Html(hr.get("/units/new")).all(options)) == 4
    for own in (region, branch):
        answer = hr.post(f"/units/{region.id}", data=typed(name="Holstein", parent_id=str(own.id)))
        assert answer.status_code == 422
        assert "Not a valid choice." in answer.text


def test_of_many_units_the_one_above_is_found_by_what_is_typed(browser: Any, session: Any) -> None:
    region = accounts.unit(name="Region Küste")
    inside = accounts.unit(name="Küste Süd", parent=region)
    for number in range(FEW + 1):
        accounts.unit(name=f"Branch {number:03}", parent=region)
    other = accounts.unit(name="Küste Nord")
    hr = browser(accounts.user(Role.HR))
    below = Html(hr.get(f"/units/new?below={region.id}"))
    assert below.value("parent_id.find") == "Region Küste"
    found = hr.get(f"/units/{inside.id}?choices=above&parent_id.find=kuste")
    assert [words for _id, words in found.get_json()] == ["Küste Nord", "Region Küste"], "not itself"

    answer = hr.post("/units/new", data=typed(name="Küste Nord") | {"parent_id.find": "kuste"})
    assert answer.status_code == 422
    assert "Choose which “kuste” is meant." in answer.text
    assert "There is a unit of this name here already." not in answer.text, "where is not clear yet"
    answer = hr.post("/units/new", data=typed() | {"parent_id.find": "kuste nord"})
    assert answer.status_code == 303
    assert session.query(Unit).filter_by(name="Övelgönne").one().parent_id == other.id


def test_a_place_of_ten_thousand_characters_is_refused_and_kept_in_the_form(browser: Any) -> None:
    place = "Hafen " * 2000
    answer = browser(accounts.user(Role.HR)).post("/units/new", data=typed(place=place))
    assert answer.status_code == 422
    assert place.strip() in answer.text
