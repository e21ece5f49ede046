"""What belongs to whoever is signed in: profile, switches, search; units; what is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from rmhr.accounts import operations, queries
from rmhr.accounts.regions import REGIONS
from rmhr.core import clock, registry
from rmhr.core.due import calendar, sources
from rmhr.core.errors import NotPossible
from rmhr.core.flow.seen import seen_of
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role, Theme, UnitKind
from tests.factories import accounts as factories


def test_the_profile_shows_ones_place_and_takes_changes(browser: Any, session: Any) -> None:
    boss = factories.user(Role.SUPERVISOR, name="Tomas Lind")
    user = factories.employee(supervisor=boss).user
    client = browser(user)
    page = client.get("/profile").text
    assert "Tomas Lind" in page
    assert user.employee.unit.name in page
    data = {"language": "de", "theme": "dark", "seen": seen_of(user)}
    assert client.post("/profile", data=data).location == "/profile"
    session.refresh(user)
    assert (user.language, user.theme) == ("de", Theme.DARK)
    page = client.get("/profile").text
    assert 'lang="de" data-bs-theme="dark"' in page
    assert client.post("/profile", data=data | {"language": "tlh"}).status_code == 409


def test_nobody_renames_themselves_and_the_profile_says_who_does(browser: Any, session: Any) -> None:
    region = factories.unit(hr=factories.user(Role.HR, name="Anna Sommer", email="anna@bank.example"))
    user = factories.employee(
        unit=factories.unit(parent=region), user=factories.user(name="Lena Brandt")
    ).user
    client = browser(user)
    page = client.get("/profile").text
    assert "Write to Anna Sommer in HR" in page
    assert 'name="name"' not in page
    client.post(
        "/profile", data={"name": "Lena B.", "language": "en", "theme": "dark", "seen": seen_of(user)}
    )
    session.refresh(user)
    assert (user.name, user.theme) == ("Lena Brandt", Theme.DARK)


def test_the_switches_work_and_lead_back(browser: Any, session: Any) -> None:
    user = factories.user()
    client = browser(user)
    answer = client.post(
        "/preferences", data={"language": "de"}, headers={"Referer": "http://localhost/search?q=kiel"}
    )
    assert answer.location == "/search?q=kiel"
    session.refresh(user)
    assert (user.language, user.theme) == ("de", Theme.SYSTEM)
    assert client.post("/preferences", data={"theme": "dark", "next": "/inbox"}).location == "/inbox"
    session.refresh(user)
    assert (user.language, user.theme) == ("de", Theme.DARK)
    elsewhere = client.post(
        "/preferences",
        data={"theme": "light", "next": "//evil.example"},
        headers={"Referer": "http://evil.example/"},
    )
    assert elsewhere.location == "/today"
    assert client.post("/preferences", data={"theme": "pink", "language": "tlh"}).status_code == 303
    session.refresh(user)
    assert (user.language, user.theme) == ("de", Theme.LIGHT)


@pytest.mark.both
def test_the_search_finds_what_one_may_see(browser: Any) -> None:
    boss = factories.user(Role.SUPERVISOR, name="Tomas Lind")
    rm = factories.employee(user=factories.user(name="Murat Yılmaz"), supervisor=boss).user
    hr = factories.user(Role.HR)
    link = f'href="/people/{rm.id}"'
    assert link in browser(boss).get("/search?q=murat").text
    assert link in browser(hr).get("/search?q=yılmaz+mur").text
    assert link not in browser(factories.user()).get("/search?q=murat").text
    assert "No results for “zebra”" in browser(hr).get("/search?q=zebra").text
    assert "What are you looking for" in browser(hr).get("/search?q=m").text
    assert link not in browser(hr).get("/search?q=%25%25").text


def test_stages_add_their_own_search(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hit = queries.search.Hit(kind="Ships", title="Cap San Diego", note="Hamburg", endpoint="accounts.search")
    monkeypatch.setattr(registry, "SEARCHES", {"one": lambda _viewer, _typed: [hit]})
    page = browser(factories.user()).get("/search?q=cap").text
    assert "Ships" in page
    assert "Cap San Diego" in page


# Units.


def data(**given: Any) -> dict[str, Any]:
    """What the page of a unit sends."""
    return {
        "name": "Kiel",
        "kind": "branch",
        "parent_id": "",
        "place": "Kiel",
        "holiday_region": "DE-SH",
    } | given


@pytest.mark.both
def test_units_are_a_tree_with_people(browser: Any) -> None:
    bank = factories.unit(name="Bank", kind=UnitKind.BANK)
    north = factories.unit(name="North", kind=UnitKind.REGION, parent=bank)
    altona = factories.unit(name="Altona", parent=north)
    factories.employee(unit=altona)
    factories.employee(unit=north, user=factories.user(left_on=clock.today() - timedelta(days=1)))
    tree = [(b.unit.name, b.depth, b.people, b.with_below) for b in queries.units.unit_tree()]
    assert tree == [("Bank", 0, 0, 1), ("North", 1, 0, 1), ("Altona", 2, 1, 1)]
    page = browser(factories.user(Role.HR)).get("/units").text
    assert page.index("Bank") < page.index("North") < page.index("Altona")


def test_adding_and_moving_a_unit(browser: Any, session: Any) -> None:
    client, bank = browser(factories.user(Role.HR)), factories.unit(name="Bank", kind=UnitKind.BANK)
    assert "There are no units" not in client.get("/units").text
    assert client.post("/units/new", data=data(parent_id=str(bank.id))).location == "/units"
    kiel = queries.units.unit_called("kiel", bank.id)
    assert kiel is not None
    assert kiel.holiday_region == "DE-SH"
    moved = client.post(f"/units/{kiel.id}", data=data(name="Kiel-Mitte", kind="region"))
    assert moved.status_code == 303
    session.refresh(kiel)
    assert (kiel.name, kiel.kind, kiel.parent_id) == ("Kiel-Mitte", UnitKind.REGION, None)


def test_a_unit_names_whom_to_tell_and_its_clock(browser: Any) -> None:
    anna, greta = factories.user(Role.HR), factories.user(Role.SUPERVISOR, name="Greta Sandvik")
    somebody = factories.user(Role.RM, name="Rolf Mann")
    made = factories.unit()
    client = browser(anna)
    sent = {"name": "Kiel", "kind": "branch", "holiday_region": "US-NY", "timezone": "America/New_York"}
    assert "Who is told" in client.get(f"/units/{made.id}").text

    answer = client.post(f"/units/{made.id}", data={**sent, "head_id": greta.id, "hr_id": anna.id})

    assert answer.status_code == 303
    assert (made.timezone, made.head_id, made.hr_id) == ("America/New_York", greta.id, anna.id)
    assert made.compliance_id is None
    for wrong in ({"head_id": somebody.id}, {"timezone": "Mars/Olympus"}):
        refused = client.post(f"/units/{made.id}", data={**sent, **wrong})
        assert refused.status_code == 422
        assert "Not a valid choice" in refused.text


def test_units_in_one_place_need_names_of_their_own(browser: Any) -> None:
    client = browser(factories.user(Role.HR))
    factories.unit(name="Kiel")
    answer = client.post("/units/new", data=data(name="KIEL", place="Typed"))
    assert answer.status_code == 422
    assert "of this name here already" in answer.text
    assert 'value="Typed"' in answer.text


def test_a_unit_cannot_stand_below_itself(browser: Any) -> None:
    hr = factories.user(Role.HR)
    bank = factories.unit(name="Bank", kind=UnitKind.BANK)
    north = factories.unit(name="North", parent=bank)
    altona = factories.unit(name="Altona", parent=north)
    offered = browser(hr).get(f"/units/{north.id}").text
    assert f'value="{bank.id}"' in offered
    assert f'value="{altona.id}"' not in offered
    assert browser(hr).post(f"/units/{north.id}", data=data(parent_id=str(altona.id))).status_code == 422
    for below in (north, altona):
        with pytest.raises(NotPossible):
            operations.units.change_unit(
                hr,
                north,
                name="North",
                kind=UnitKind.REGION,
                place="",
                holiday_region="DE",
                parent_id=below.id,
            )


@pytest.mark.once
def test_every_region_has_holidays() -> None:
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    for code in REGIONS:
        assert sum(calendar.holiday_name(day, code) is not None for day in year) >= 5, code


# Due.


def test_an_invitation_that_nobody_takes_up_is_asked_after(app: Any) -> None:
    hr, user = factories.user(Role.HR), factories.user(name="Jule Hansen")
    stands_in = queries.people.first(Role.HR)
    secret = operations.access.send_invitation(hr, user)
    found = sources.for_person(hr.id)
    assert [(each.what, each.on) for each in found] == [
        ("Ask Jule Hansen about the invitation", clock.today() + timedelta(days=7))
    ]
    operations.access.send_invitation(hr, user)
    assert len(sources.for_person(hr.id)) == 1
    operations.people.leave(factories.user(Role.ADMIN), hr, on=clock.today())
    factories.user(Role.HR)
    with clock.at(clock.now() + timedelta(days=2)):
        operations.employment.take_effect(SYSTEM)
        assert sources.for_person(hr.id) == []
        assert len(sources.for_person(queries.people.first(Role.HR).id)) == 1
    assert stands_in.id == hr.id
    assert operations.access.use_link(secret, "seven quiet harbours") is None
    fresh = operations.access.send_invitation(stands_in, user)
    operations.access.use_link(fresh, "seven quiet harbours")
    assert sources.for_person(hr.id) == []
