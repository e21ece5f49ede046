"""Asking others for what one waits for: who may, from when on, how often, and what the mail says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due.lists import Key
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.models.accounts import Role
from rmhr.models.today import Ask
from rmhr.today import operations, queries
from tests.factories.accounts import user
from tests.support.due_things import also_awaited, goal
from tests.support.html import words

MONDAY = date(2026, 11, 23)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))
    also_awaited()
    with clock.at(clock.moment(MONDAY, 9)):
        yield


@pytest.fixture
def tomas():
    return user(Role.SUPERVISOR, name="Tomas Lind")


@pytest.fixture
def lena():
    return user(name="Lena Brandt", email="lena.brandt@bank.example")


def ask(person) -> None:
    [awaited] = queries.awaited.awaited_by(person)
    operations.things.ask(person, awaited)
    db.session.commit()


def asks() -> int:
    return db.session.scalar(sa.select(sa.func.count(Ask.id)))


def on(days: int, hour: int = 9):
    return clock.at(clock.moment(MONDAY + timedelta(days=days), hour))


# The operation


def test_who_waits_asks_and_the_owner_gets_a_mail_that_says_all(lena, tomas, mails):
    goal(lena, 2, "Tax details", supervisor=tomas)

    ask(tomas)

    [mail] = mails()
    assert (mail.to_address, mail.kind) == ("lena.brandt@bank.example", "today.ask")
    assert mail.subject == "A reminder: Reach “Tax details”"
    for said in (
        "Tomas Lind is waiting for",
        "Reach “Tax details”, Wed 25 Nov",
        "In 2 days",
        "Agreed with Tomas Lind",
    ):
        assert said in mail.text
    assert f"/people/{lena.id}" in mail.text


def test_the_mail_speaks_the_language_of_its_reader(tomas, mails):
    goal(user(name="Murat Yılmaz", language="de"), -3, "Steuerdaten", supervisor=tomas)

    ask(tomas)

    [mail] = mails()
    assert mail.subject.startswith("Erinnerung: ")
    assert "Tomas Lind wartet auf Folgendes und bittet Sie, sich darum zu kümmern:" in mail.text
    assert "3 Tage verspätet" in mail.text
    assert "Fr 20. Nov." in mail.text


def test_only_who_waits_may_ask(lena, tomas):
    goal(lena, 0, supervisor=tomas)
    [awaited] = queries.awaited.awaited_by(tomas)

    for other in (lena, user()):
        with pytest.raises(NotAllowed):
            operations.things.ask(other, awaited)


@pytest.mark.parametrize(("days", "early"), [(2, False), (3, True), (0, False), (-30, False)])
def test_it_is_asked_for_two_days_before_it_is_due_at_the_earliest(lena, tomas, days, early):
    goal(lena, days, supervisor=tomas)

    if early:
        with pytest.raises(NotPossible, match="two days before it is due"):
            ask(tomas)
    else:
        ask(tomas)

    assert asks() == (0 if early else 1)


def test_once_on_a_working_day_and_three_times_in_all(lena, tomas, mails):
    goal(lena, 0, supervisor=tomas)

    ask(tomas)
    with on(0, 23), pytest.raises(NotPossible, match="already"):
        ask(tomas)
    with on(1, 0):
        ask(tomas)
    with on(4):
        ask(tomas)  # on Friday
    with on(7), pytest.raises(NotPossible, match="three times"):
        ask(tomas)

    assert asks() == len(mails()) == 3


@pytest.mark.parametrize(("days", "again"), [(5, False), (6, False), (7, True)])
def test_who_was_asked_on_a_friday_is_left_alone_until_monday(lena, tomas, days, again):
    goal(lena, 0, supervisor=tomas)
    with on(4):
        ask(tomas)

    with on(days):
        [awaited] = queries.awaited.awaited_by(tomas)
        assert (awaited.blocked is None) == again


def test_a_new_due_date_may_be_asked_for_anew(lena, tomas):
    made = goal(lena, 0, supervisor=tomas)
    ask(tomas)
    db.session.execute(sa.update(type(made).__table__).values(due_on=MONDAY + timedelta(days=1)))

    ask(tomas)

    assert asks() == 2


def test_who_has_left_is_not_written_to(lena, tomas, mails):
    goal(user(name="Gone Person", left_on=MONDAY - timedelta(days=1)), 0, supervisor=tomas)

    with pytest.raises(NotPossible, match="Gone Person has left"):
        ask(tomas)

    assert mails() == []


# The page


def path(person) -> str:
    [awaited] = queries.awaited.awaited_by(person)
    return f"/today/{Key.of(awaited.due)}/ask"


def test_today_lists_what_one_waits_for_and_asks_with_one_click(browser, lena, tomas):
    goal(lena, 1, "Tax details", supervisor=tomas)
    goal(lena, 20, "Far off", supervisor=tomas)
    [soon, _far] = queries.awaited.awaited_by(tomas)
    client = browser(tomas)

    page = words(client.get("/today"))
    assert "I am waiting for 2 News of “Tax details” Lena Brandt tomorrow Tue 24 Nov Remind : News" in page
    assert page.count("Remind :") == 1, "what is due in twenty days is not asked for yet"

    answer = client.post(f"/today/{Key.of(soon.due)}/ask", follow_redirects=True)
    assert "Lena Brandt gets a mail from you." in answer.text
    assert "Lena Brandt, reminded on Mon 23 Nov" in answer.text
    assert "Remind :" not in words(answer)


def test_a_double_click_is_one_mail_and_says_why(browser, lena, tomas, mails):
    goal(lena, 0, supervisor=tomas)
    where, client = path(tomas), browser(tomas)

    assert client.post(where).status_code == 303
    answer = client.post(where)

    assert answer.status_code == 409
    assert "Lena Brandt has been reminded of it already; once a day is enough." in answer.text
    assert len(mails()) == 1


def test_nobody_else_can_ask_for_it_nor_learn_that_it_is_there(browser, lena, tomas, mails):
    goal(lena, 0, supervisor=tomas)
    where = path(tomas)
    never = where.replace(f"-{lena.id}-", "-999999-")

    for client, asked in ((browser(user()), where), (browser(user()), never), (browser(lena), where)):
        answer = client.post(asked, follow_redirects=True)
        assert "This is no longer open. Nothing was changed." in answer.text
    assert mails() == []
    assert browser(tomas).post("/today/nonsense/ask").status_code == 404


def test_the_list_of_what_one_waits_for_has_an_end(browser, tomas):
    for days in range(30):
        goal(user(), days - 9, supervisor=tomas)

    assert "I am waiting for 12 " in words(browser(tomas).get("/today"))


def test_waiting_speaks_german(browser, lena):
    tomas = user(Role.SUPERVISOR, name="Tomas Lind", language="de")
    goal(lena, 0, supervisor=tomas)
    ask(tomas)

    page = words(browser(tomas).get("/today"))

    assert "Darauf warte ich 1" in page
    assert "Lena Brandt, am Mo 23. Nov. erinnert" in page
