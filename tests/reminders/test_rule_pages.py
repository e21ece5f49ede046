"""The pages about rules: who sees them, writing a rule and trying it, stopping; without a browser."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.accounts import Role
from rmhr.models.reminders import Basis, EscalationLevel, ReminderRule, ReminderStop
from rmhr.reminders.rules import operations as rule_operations
from rmhr.reminders.rules import queries as rule_queries
from tests.factories.accounts import employee, user
from tests.factories.reminders import rule, stop, worked_out
from tests.support.due_things import NAME, goal, only_goals
from tests.support.html import Html, words

MONDAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
HOME = f"/admin/reminders/{NAME}"
READERS = (Role.ADMIN, Role.HR, Role.COMPLIANCE)


@pytest.fixture(autouse=True)
def source(monkeypatch):
    with clock.at(clock.moment(MONDAY, 9)):
        yield only_goals(monkeypatch)


@pytest.fixture
def nils():
    return user(Role.ADMIN, name="Nils Ohlsen")


def typed(*rows: dict, **given) -> dict:
    """The form as a browser sends it: each row {"days": 3, "to": [EscalationLevel.HR], …}."""
    data = {"seen": "0.0", "valid_from": (MONDAY + ONE_DAY).isoformat()}
    for number, row in enumerate(rows):
        filled = {"days": "", "side": "before", "basis": "calendar", "every": "", "times": "", "to": []} | row
        data |= {f"steps-{number}-{name}": value for name, value in filled.items()}
    return data | given


# All kinds, and one


def test_only_administrators_are_offered_to_change_something(browser, nils):
    assert "Change the rule" in browser(nils).get(HOME).text
    assert "Change the rule" not in browser(user(Role.HR)).get(HOME).text


def test_every_kind_stands_with_its_rule_and_how_much_it_is_about(browser, nils):
    goal(user(), MONDAY - ONE_DAY)
    goal(user(), MONDAY)

    page = words(browser(nils).get("/admin/reminders"))

    assert "Goals 2 days before, on the day and 3 days late The product’s own Can be switched off 2 1" in page


def test_of_very_many_things_it_says_more_than_so_many(browser, nils, monkeypatch):
    monkeypatch.setattr(rule_queries, "MANY", 2)
    for day in (MONDAY + ONE_DAY, MONDAY, MONDAY - ONE_DAY, MONDAY - 2 * ONE_DAY, MONDAY - 3 * ONE_DAY):
        goal(user(), day)
    assert "Can be switched off more than 2 more than 2" in words(browser(nils).get("/admin/reminders"))
    assert "More than 2 open More than 2 late" in words(browser(nils).get(HOME))


def test_of_many_things_those_that_are_late_are_counted_all_the_same(browser, nils, monkeypatch):
    monkeypatch.setattr(rule_queries, "MANY", 2)
    for day in (MONDAY + ONE_DAY, MONDAY, MONDAY, MONDAY - ONE_DAY):
        goal(user(), day)
    assert "Can be switched off more than 2 1" in words(browser(nils).get("/admin/reminders"))


def test_a_version_of_the_bank_s_own_and_a_coming_one_are_said(browser, nils):
    rule(ReminderStep(-1), valid_from=MONDAY - timedelta(days=20))
    rule(ReminderStep(0, (EscalationLevel.HR,)), valid_from=MONDAY + timedelta(days=8))

    page = words(browser(nils).get("/admin/reminders"))

    assert "1 day before The bank’s, version 1, since Tue 3 Nov Version 2 from Tue 1 Dec" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=goal", True),
        ("q=on+the+day", True),
        ("q=unknown", False),
        ("stage=tests", True),
        ("stage=nonsense", True),
        ("show=own", False),
        ("show=coming", False),
        ("show=stopped", False),
        ("show=late", False),
    ],
)
def test_the_list_is_searched_and_narrowed(browser, nils, query, found):
    page = browser(nils).get(f"/admin/reminders?{query}").text

    assert (f'href="{HOME}"' in page) is found
    assert ("Nothing found" in page) is not found


def test_one_kind_shows_its_steps_its_versions_and_what_was_decided(browser, nils, source):
    rule_operations.put_in_force(
        nils,
        source,
        steps=[ReminderStep(-1), ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING)],
        valid_from=MONDAY,
        reason="Agreed <b>",
        seen="0.0",
    )

    answer = browser(nils).get(HOME)
    page = words(answer)

    assert "1 day before; 5 working days late: supervisor" in page
    assert '<svg class="fig" role="img"' in answer.text
    assert "Version 1, since Mon 23 Nov" in page
    assert "“Agreed <b>” In force Mon 23 Nov Nils Ohlsen" in page
    lines = [Html(answer).texts(f"table tr:nth-child({row}) .rule-lines li") for row in (1, 2)]
    assert lines[0] == ["1 day before: the person", "5 working days late: supervisor"]
    assert lines[1] == ["2 days before: the person", "on the day: the person", "3 days late: the person"]
    assert "The rule was put in force Agreed <b> Today, 09:00, Nils Ohlsen" in page


def test_an_unknown_kind_or_version_is_not_found(browser, nils):
    client = browser(nils)
    for path in (
        "nothing.here",
        "nothing.here/change",
        f"{NAME}/withdraw/3",
        f"{NAME}/try",
        f"{NAME}/try?steps=x",
    ):
        assert client.get(f"/admin/reminders/{path}").status_code == 404, path


# Writing a rule


def test_the_form_begins_with_the_rule_in_force_a_step_a_line(browser, nils):
    page = Html(browser(nils).get(f"{HOME}/change"))
    form = page.form()

    days = {name: value for name, value in form.items() if name.endswith("-days")}
    assert days == {"steps-0-days": "2", "steps-1-days": "", "steps-2-days": "3"}
    said = ["2 days before: the person", "on the day: the person", "3 days late: the person"]
    assert page.texts(".step-of-rule__said") == said
    assert page.all(".step-of-rule[open]") == []
    assert form["valid_from"] == "2026-11-24"


def test_what_is_typed_is_tried_first_and_stored_at_last(browser, nils):
    employee(user=user(name="Lena Brandt"))
    client = browser(nils)

    tried = client.post(
        f"{HOME}/change",
        data=typed(
            {"days": "1", "to": ["owner"]},
            {},
            {
                "days": "5",
                "side": "after",
                "basis": "working",
                "to": ["hr", "supervisor"],
                "every": "5",
                "times": "2",
            },
        ),
    )

    assert tried.status_code == 302
    values = parse_qs(urlsplit(tried.location).query)
    assert values["steps"] == ["-1:owner;+5w:supervisor,hr*5x2"]
    page = client.get(tried.location)
    assert page.status_code == 200
    assert "Nothing is stored yet" in page.text
    assert db.session.scalar(sa.select(sa.func.count(ReminderRule.id))) == 0

    last = tried.location.replace("/try?", "/put-in-force?")
    assert "From Tue 24 Nov on" in words(client.get(last))
    refused = client.post(last, data={"reason": " "})
    assert refused.status_code == 422
    assert "Say why the rule changes." in refused.text
    assert client.post(last, data={"reason": "Agreed"}).location == HOME

    [made] = db.session.scalars(sa.select(ReminderRule)).all()
    assert [ReminderStep.of(each) for each in made.steps] == [
        ReminderStep(-1),
        ReminderStep(5, (EscalationLevel.SUPERVISOR, EscalationLevel.HR), Basis.WORKING, 5, 2),
    ]
    assert (made.valid_from, made.reason, made.made_by_id) == (MONDAY + ONE_DAY, "Agreed", nils.id)


@pytest.mark.parametrize(
    ("rows", "given", "said"),
    [
        ([{"days": "3"}], {}, "Tick who is told."),
        ([{"to": ["hr"]}], {}, "Enter a whole number of days, at most 365."),
        ([{"days": "366", "to": ["hr"]}], {}, "Enter a whole number of days, at most 365."),
        ([{"days": "-3", "to": ["hr"]}], {}, "Enter a whole number."),
        ([{"days": "soon", "to": ["hr"]}], {}, "Enter a whole number."),
        ([{"days": "3", "to": ["hr"], "times": "2"}], {}, "Enter after how many days it is said again."),
        ([{"days": "3", "to": ["hr"], "every": "2"}], {}, "Enter how often it is said in all."),
        ([{"days": "3", "to": ["hr"], "every": "2", "times": "61"}], {}, "Enter a number from 1 to 60."),
        (
            [{"days": "300", "side": "after", "to": ["hr"], "every": "30", "times": "4"}],
            {},
            "The last reminder would be 390 days late; at most 365 are possible.",
        ),
        (
            [{"days": str(n), "to": ["hr"], "every": "7", "times": "21"} for n in (100, 101, 102)],
            {},
            "These steps add up to 63 reminders of one thing; at most 60 are possible.",
        ),
        ([{}], {}, "Enter at least one step."),
        ([{"days": "3", "to": ["hr"], "remove": "y"}], {}, "Enter at least one step."),
        ([{"days": "3", "to": ["hr"]}], {"valid_from": "2026-11-22"}, "Enter today or a later day."),
        ([{"days": "3", "to": ["hr"]}], {"valid_from": ""}, "Enter the day from which the rule holds."),
        (
            [
                {"days": "2", "to": ["owner"]},
                {"side": "on", "to": ["owner"]},
                {"days": "3", "side": "after", "to": ["owner"]},
            ],
            {},
            "This rule applies from that day anyway.",
        ),
    ],
)
def test_what_is_not_right_is_said_in_words(browser, nils, rows, given, said):
    answer = browser(nils).post(f"{HOME}/change", data=typed(*rows, **given))

    assert answer.status_code == 422
    assert said in answer.text
    assert "not right yet" in answer.text


def test_an_error_stands_beside_its_line_and_what_was_typed_stays(browser, nils):
    answer = browser(nils).post(
        f"{HOME}/change", data=typed({"days": "3", "to": ["hr"]}, {"days": "12", "to": []})
    )

    assert 'href="#steps-1-to-0"' in answer.text
    assert 'id="steps-1-to-error"' in answer.text
    assert Html(answer).value("steps-1-days") == "12"


def test_a_line_is_added_without_script_and_nothing_is_lost(browser, nils):
    answer = browser(nils).post(
        f"{HOME}/change", data=typed({"days": "17", "to": ["head"]}, {"days": "x"}, add="step")
    )

    assert answer.status_code == 200
    assert 'name="steps-2-days"' in answer.text
    assert Html(answer).value("steps-0-days") == "17"
    assert "not right yet" not in answer.text
    assert Html(answer).attributes(".step-of-rule[open] > fieldset", "id") == ["steps-2"]


def test_a_step_is_folded_without_script_and_says_what_it_says_now(browser, nils):
    typed_in = typed({"days": "17", "to": ["head"]}, {"days": "x"}, fold="step")
    page = Html(browser(nils).post(f"{HOME}/change", data=typed_in))
    assert page.all(".step-of-rule[open]") == []
    assert page.texts(".step-of-rule__said") == ["17 days before: head of the unit", "Step 2"]


def test_the_first_step_that_is_wrong_stands_open(browser, nils):
    page = Html(
        browser(nils).post(f"{HOME}/change", data=typed({"days": "2", "to": ["owner"]}, {"days": "x"}))
    )
    assert page.attributes(".step-of-rule[open] > fieldset", "id") == ["steps-1"]
    assert "Something is not right" in page.words(".step-of-rule[open] summary")


def test_there_is_no_thirteenth_line(browser, nils):
    rows = [{"days": str(number), "to": ["owner"]} for number in range(1, 13)]

    answer = browser(nils).post(f"{HOME}/change", data=typed(*rows, add="step"))

    assert 'name="steps-12-days"' not in answer.text
    assert "A rule has at most 12 steps." in answer.text


def test_two_lines_for_one_day_are_made_one_and_that_is_said(browser, nils):
    client = browser(nils)

    answer = client.post(
        f"{HOME}/change", data=typed({"days": "4", "to": ["owner"]}, {"days": "4", "to": ["hr"]})
    )

    assert parse_qs(urlsplit(answer.location).query)["steps"] == ["-4:owner,hr"]
    assert "they were merged into one that tells everybody" in client.get(answer.location).text


def test_who_was_slower_is_told_what_holds_now_and_keeps_what_they_typed(browser, nils, source):
    client = browser(nils)
    mine = typed({"days": "9", "to": ["hr"]})
    tried = client.post(f"{HOME}/change", data=mine).location
    rule_operations.put_in_force(
        user(Role.ADMIN), source, steps=[ReminderStep(7)], valid_from=MONDAY, reason="Other", seen="0.0"
    )

    answer = client.post(f"{HOME}/change", data=mine)

    assert answer.status_code == 409
    assert "Somebody else has changed this rule since you opened it" in answer.text
    assert "In force now 7 days late" in words(answer)
    assert Html(answer).value("steps-0-days") == "9"
    assert "Put in force…" not in client.get(tried).text
    last = client.post(tried.replace("/try?", "/put-in-force?"), data={"reason": "Mine"})
    assert last.status_code == 409
    assert "Somebody else has changed the rule" in last.text
    again = client.post(f"{HOME}/change", data=typed({"days": "9", "to": ["hr"]}, seen="1.0"))
    assert again.status_code == 302


def test_a_coming_rule_is_withdrawn_after_a_question(browser, nils, source):
    rule(ReminderStep(1), valid_from=MONDAY + ONE_DAY)
    client = browser(nils)

    assert "will not begin on Tue 24 Nov" in words(client.get(f"{HOME}/withdraw/1"))
    assert client.post(f"{HOME}/withdraw/1").location == HOME

    assert rule_queries.versions(source)[0].status is rule_queries.RuleVersionStatus.WITHDRAWN
    assert client.post(f"{HOME}/withdraw/1").status_code == 409


# The kill switch


def test_stopping_says_what_will_not_be_sent_and_asks_why(browser, nils):
    goal(user(), MONDAY)
    client = browser(nils)

    page = words(client.get(f"{HOME}/stop"))
    assert "Left out in the next 30 days: 2 reminders to 1 person." in page
    assert client.post(f"{HOME}/stop", data={"reason": ""}).status_code == 422
    assert client.post(f"{HOME}/stop", data={"reason": "Wrong data"}).location == HOME

    for path in ("/admin/reminders", HOME, f"{HOME}/change", "/admin/reminders/simulator"):
        page = words(client.get(path))
        assert "Reminders of one kind are stopped. Goals : Nils Ohlsen, Today, 09:00: “Wrong data”" in page, (
            path
        )
    worked_out()
    assert "Nothing would be sent" in client.get("/admin/reminders/simulator").text


def test_going_on_says_what_goes_out_first(browser, nils):
    goal(user(), MONDAY - timedelta(days=4))
    stop()
    client = browser(nils)

    page = words(client.get(f"{HOME}/go-on"))

    assert "sent once: the latest step only" in page
    assert "On Mon 23 Nov one reminder is sent." in page
    assert client.post(f"{HOME}/go-on").location == HOME
    assert db.session.scalar(sa.select(sa.func.count(ReminderStop.id))) == 0
    assert client.post(f"{HOME}/go-on").status_code == 409


def test_the_pages_speak_german(browser):
    birgit = user(Role.ADMIN, language="de")
    rule(ReminderStep(0), ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING), valid_from=MONDAY)
    client = browser(birgit)

    assert "am Tag selbst; 5 Arbeitstage verspätet: Führungskraft" in words(client.get("/admin/reminders"))
    assert "Fassung 1, seit Mo 23. Nov." in words(client.get(HOME))
    assert "Ausprobieren" in client.get(f"{HOME}/change").text
    assert "Die nächsten 30 Tage" in client.get("/admin/reminders/simulator").text
