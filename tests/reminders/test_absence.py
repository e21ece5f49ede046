"""Being away: who may enter it, what is refused, who is told, who is reminded instead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.lists.declaration import FEW
from rmhr.models.accounts import Role
from rmhr.models.reminders import Absence
from rmhr.reminders import operations, queries
from tests.factories import many
from tests.factories.accounts import employee, unit, user
from tests.factories.reminders import absence
from tests.support.due_things import goal, only_goals, send_due
from tests.support.html import Html

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch, 0)
    with clock.at(clock.moment(MONDAY, 9)):
        yield


@pytest.fixture
def tomas():
    return user(Role.SUPERVISOR, name="Tomas Lind")


@pytest.fixture
def greta(tomas):
    return employee(user=user(name="Greta Sandvik"), supervisor=tomas, unit=unit(name="North")).user


@pytest.fixture
def ilse():
    return user(name="Ilse Petersen")


def enter(actor, person, deputy=None, starts_on=MONDAY, ends_on=FRIDAY) -> Absence:
    deputy_id = deputy.id if deputy else None
    return operations.absence.enter_absence(
        actor, person, starts_on=starts_on, ends_on=ends_on, deputy_id=deputy_id
    )


def typed(deputy=None, starts_on=MONDAY, ends_on=FRIDAY) -> dict[str, str]:
    return {
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "deputy_id": str(deputy.id) if deputy else "",
    }


def all_absences() -> list[Absence]:
    return list(db.session.scalars(sa.select(Absence).order_by(Absence.id)))


# Entering it.


def test_one_enters_an_absence_and_sees_it(browser, greta, ilse):
    client = browser(greta)
    page = client.get("/reminders/absence").text
    assert "No absence is entered" in page

    assert client.post("/reminders/absence", data=typed(ilse)).location == "/reminders/absence"

    [it] = all_absences()
    assert (it.user_id, it.deputy_id, it.starts_on, it.ends_on) == (greta.id, ilse.id, MONDAY, FRIDAY)
    page = client.get("/reminders/absence").text
    assert "Ilse Petersen" in page
    assert "Away" in page


def test_colleagues_of_the_same_unit_are_offered_first_and_oneself_never(browser, greta):
    near = employee(user=user(name="Zoe Near"), unit=greta.employee.unit).user
    far = employee(user=user(name="Anna Far")).user
    gone = user(left_on=MONDAY - timedelta(days=1))

    page = Html(browser(greta).get("/reminders/absence"))
    offered = page.attributes("#deputy_id option", "value")

    assert offered[:2] == ["", str(near.id)]
    assert str(far.id) in offered
    assert str(gone.id) not in offered
    assert str(greta.id) not in offered


def test_among_many_colleagues_one_is_found_by_name(browser, greta):
    many.people(greta, FEW)
    zoe = employee(user=user(name="Zoë Near"), unit=greta.employee.unit).user
    client, address = browser(greta), "/reminders/absence"

    found = client.get(f"{address}?choices=deputies&deputy_id.find=zoe").json
    assert found == [[str(zoe.id), f"Zoë Near, {greta.employee.unit.name}"]]
    assert client.get(f"{address}?choices=deputies&deputy_id.find=").json[0] == found[0]

    sent = {**typed(), "deputy_id": "", "deputy_id.find": "zoe"}
    assert client.post(address, data=sent).location == address
    assert [each.deputy_id for each in all_absences()] == [zoe.id]


def test_supervisor_and_hr_enter_it_for_a_person_and_nobody_else(browser, greta, tomas, ilse):
    address = f"/people/{greta.id}/absence"
    for actor, days in ((tomas, 0), (user(Role.HR), 7)):
        first = MONDAY + timedelta(days=days)
        answer = browser(actor).post(address, data=typed(ilse, first, first))
        assert answer.location == address
    assert len(all_absences()) == 2
    assert browser(user(Role.COMPLIANCE)).get(address).status_code == 403
    assert browser(ilse).post(address, data=typed()).status_code == 404
    assert browser(greta).get(address).location == "/reminders/absence"
    with pytest.raises(NotAllowed):
        enter(ilse, greta)


def test_two_absences_of_one_person_have_no_day_in_common(browser, greta, ilse):
    enter(greta, greta, ilse)
    for starts_on, ends_on in ((MONDAY, MONDAY), (FRIDAY, FRIDAY + timedelta(days=9)), (MONDAY, FRIDAY)):
        answer = browser(greta).post("/reminders/absence", data=typed(ilse, starts_on, ends_on))
        assert answer.status_code == 422
        assert "There is an absence from Mon 23 Nov to Fri 27 Nov already" in answer.text
        assert f'value="{ends_on.isoformat()}"' in answer.text, "what was typed is kept"
    enter(greta, greta, ilse, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=1))
    enter(ilse, ilse)


def test_who_is_back_before_leaving_or_gone_already_is_refused(browser, greta):
    answer = browser(greta).post("/reminders/absence", data=typed(starts_on=FRIDAY, ends_on=MONDAY))
    assert answer.status_code == 422
    assert "Choose a day on or after the first one" in answer.text
    past = MONDAY - timedelta(days=3)
    answer = browser(greta).post("/reminders/absence", data=typed(starts_on=past, ends_on=past))
    assert "These days are over" in answer.text
    with pytest.raises(NotPossible, match="before the first"):
        enter(greta, greta, starts_on=FRIDAY, ends_on=MONDAY)
    with pytest.raises(NotPossible, match="not work here"):
        enter(user(Role.HR), user(left_on=past))


def test_the_deputy_is_somebody_else_who_works_here(browser, greta):
    gone = user(left_on=MONDAY - timedelta(days=1))
    for deputy in (greta, gone):
        assert browser(greta).post("/reminders/absence", data=typed(deputy)).status_code == 422
        with pytest.raises(NotPossible):
            enter(greta, greta, deputy)
    with pytest.raises(NotPossible):
        operations.absence.enter_absence(greta, greta, starts_on=MONDAY, ends_on=FRIDAY, deputy_id=10**6)
    assert all_absences() == []


def test_a_deputy_who_is_away_too_is_said(browser, greta, ilse):
    absence(ilse, None, FRIDAY, FRIDAY)

    page = browser(greta).post("/reminders/absence", data=typed(ilse), follow_redirects=True).text

    assert "Ilse Petersen is away on Fri 27 Nov, too" in page
    assert "Away, too: Fri 27 Nov to Fri 27 Nov" in page


# Who is told.


def test_deputy_and_supervisor_are_told(greta, tomas, ilse, mails):
    enter(greta, greta, ilse)

    told = {mail.to_name: mail for mail in mails()}
    assert set(told) == {"Tomas Lind", "Ilse Petersen"}
    assert told["Ilse Petersen"].subject == "You stand in for Greta Sandvik from Mon 23 Nov to Fri 27 Nov"
    assert "go to you instead" in told["Ilse Petersen"].text
    assert told["Tomas Lind"].subject == "Greta Sandvik is away from Mon 23 Nov to Fri 27 Nov"
    assert "Ilse Petersen stands in" in told["Tomas Lind"].text


def test_whoever_enters_it_for_somebody_tells_the_person(greta, tomas, mails):
    enter(tomas, greta, starts_on=FRIDAY)

    [mail] = mails()
    assert mail.to_name == "Greta Sandvik"
    assert mail.subject == "You are entered as away on Fri 27 Nov"
    assert "Nobody stands in" in mail.text
    assert "/reminders/absence" in mail.text


def test_it_is_said_in_the_reader_s_language(greta, mails):
    enter(greta, greta, user(name="Murat", language="de"))

    mail = next(mail for mail in mails() if mail.to_name == "Murat")
    assert mail.subject == "Sie vertreten Greta Sandvik von Mo 23. Nov. bis Fr 27. Nov."


# Back, or not away at all.


def test_back_early_is_asked_first_and_told(browser, greta, tomas, ilse, mails):
    it = absence(greta, ilse, MONDAY - timedelta(days=3), FRIDAY)
    client = browser(greta)
    assert "Back already?" in client.get(f"/reminders/absence/{it.id}/end").text
    assert it.ends_on == FRIDAY

    assert client.post(f"/reminders/absence/{it.id}/end").location == "/reminders/absence"

    assert it.ends_on == MONDAY - timedelta(days=1)
    assert {mail.to_name: mail.subject for mail in mails()} == {
        "Ilse Petersen": "You do not stand in for Greta Sandvik any more",
        "Tomas Lind": "Greta Sandvik is back",
    }
    assert client.post(f"/reminders/absence/{it.id}/end").status_code == 409
    assert client.post(f"/reminders/absence/{it.id}/delete").status_code == 409


def test_an_absence_to_come_is_deleted_after_asking(browser, greta, tomas, ilse, mails):
    it = absence(greta, ilse, FRIDAY, FRIDAY)
    client = browser(tomas)
    assert client.post(f"/reminders/absence/{it.id}/end").status_code == 409
    assert "Delete the absence?" in client.get(f"/reminders/absence/{it.id}/delete").text

    assert client.post(f"/reminders/absence/{it.id}/delete").location == f"/people/{greta.id}/absence"

    assert all_absences() == []
    assert {mail.to_name for mail in mails()} == {"Ilse Petersen", "Greta Sandvik"}
    assert "was deleted" in mails()[0].text


def test_others_do_not_even_see_it(browser, greta, ilse):
    it = absence(greta, None, MONDAY, FRIDAY)
    for deed in ("end", "delete"):
        assert browser(ilse).get(f"/reminders/absence/{it.id}/{deed}").status_code == 404
        assert browser(user(Role.COMPLIANCE)).post(f"/reminders/absence/{it.id}/{deed}").status_code == 403
    assert browser(greta).get("/reminders/absence/999999/end").status_code == 404


# Where it counts.


def test_what_is_asked_of_an_absence(greta, ilse):
    it = enter(greta, greta, ilse)

    for day, there in ((MONDAY - timedelta(days=1), True), (MONDAY, False), (FRIDAY, False)):
        assert (queries.absence.away(greta, day) is None) is there
        assert bool(queries.absence.stands_in_for(ilse, day)) is not there
    assert queries.absence.away(greta, FRIDAY) is it
    assert queries.absence.away(greta, FRIDAY + timedelta(days=1)) is None
    assert queries.absence.away(ilse, MONDAY) is None


def test_reminders_go_to_the_deputy_meanwhile(greta, ilse, mails):
    enter(greta, greta, ilse)
    before = len(mails())
    goal(greta, MONDAY)

    send_due(MONDAY)

    [mail] = mails()[before:]
    assert mail.to_name == "Ilse Petersen"
    assert "You stand in for Greta Sandvik" in mail.text


def test_the_person_s_page_says_until_when_and_who_stands_in(browser, greta, tomas, ilse):
    absence(greta, ilse, MONDAY, FRIDAY)

    page = browser(tomas).get(f"/people/{greta.id}").text

    assert "Away until Fri 27 Nov, Ilse Petersen stands in." in page
    assert f'href="/people/{greta.id}/absence"' in page
    assert (
        f'href="/people/{greta.id}/absence"'
        not in browser(user(Role.COMPLIANCE)).get(f"/people/{greta.id}").text
    )
    assert "Stands in for Greta Sandvik until Fri 27 Nov." in browser(ilse).get(f"/people/{ilse.id}").text
    assert "You stand in for Greta Sandvik until Fri 27 Nov." in browser(ilse).get("/reminders/absence").text


def test_what_comes_soon_is_said_on_the_page_and_what_is_far_is_not(browser, greta):
    near = absence(greta, None, FRIDAY, FRIDAY)
    absence(greta, None, date(2027, 2, 1), date(2027, 2, 2))
    client = browser(greta)
    assert "Away on Fri 27 Nov" in client.get(f"/people/{greta.id}").text

    operations.absence.delete_absence(greta, near)

    assert "Away " not in client.get(f"/people/{greta.id}").text.split("<main")[1]
