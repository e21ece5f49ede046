"""What is owed: by whom, from when, until a check."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock, registry
from rmhr.core.due import sources
from rmhr.law.rules import Owner
from rmhr.models.accounts import Role
from rmhr.models.rulebook import CheckOutcome
from rmhr.rulebook import operations
from tests.factories import duties, rulebook
from tests.factories.accounts import user
from tests.support.days import working_day
from tests.support.due_things import send_due
from tests.support.html import Html

NAME = "rulebook.check"


def owed(person):
    return [due for due in sources.for_person(person.id) if due.source.name == NAME]


@pytest.mark.parametrize(("days", "is_owed"), [(-400, True), (0, True), (60, True), (61, False)])
def test_it_is_owed_two_months_before_its_day(session, days, is_owed):
    compliance = user(Role.COMPLIANCE)
    rule = rulebook.rule(look_again_on=rulebook.day(days))
    assert [due.subject_id for due in owed(compliance)] == ([rule.id] if is_owed else [])


def test_whoever_is_named_owes_it(session):
    compliance, anna = user(Role.COMPLIANCE), user(Role.HR)
    rulebook.rule(look_again_on=rulebook.day(3), owner=anna)
    assert owed(compliance) == []
    (due,) = owed(anna)
    assert due.on == rulebook.day(3)
    assert "section 1 AGG" in due.why


def test_where_nobody_is_named_the_longest_serving_of_the_role_does(session):
    first, second, admin = user(Role.COMPLIANCE), user(Role.COMPLIANCE), user(Role.ADMIN)
    rulebook.rule(look_again_on=rulebook.day(0))
    rulebook.rule(look_again_on=rulebook.day(0), owner_role=Owner.ADMIN)
    assert [len(owed(each)) for each in (first, second, admin)] == [1, 0, 1]


def test_somebody_who_left_or_may_no_longer_owes_nothing(session):
    compliance, anna = user(Role.COMPLIANCE), user(Role.HR)
    without = user(Role.RM)
    rulebook.rule(look_again_on=rulebook.day(0), owner=anna)
    rulebook.rule(look_again_on=rulebook.day(0), owner=without)
    with duties.changing():
        anna.left_on = clock.today() - timedelta(days=1)
    assert len(owed(compliance)) == 2
    assert owed(anna) == owed(without) == []


def test_without_compliance_an_administrator_owes_it(session):
    admin = user(Role.ADMIN)
    rulebook.rule(look_again_on=rulebook.day(0))
    assert len(owed(admin)) == 1


def test_a_check_alone_puts_it_off(session):
    compliance = user(Role.COMPLIANCE)
    rule = rulebook.rule(look_again_on=rulebook.day(0))
    assert registry.SOURCES[NAME].snooze == 0
    operations.record(compliance, rule, outcome=CheckOutcome.HOLDS, looked_at="The statute")
    assert owed(compliance) == []


def test_what_has_changed_stays_owed(session):
    compliance = user(Role.COMPLIANCE)
    rule = rulebook.rule(look_again_on=rulebook.day(0))
    operations.record(compliance, rule, outcome=CheckOutcome.ENDED, looked_at="The statute", note="Repealed")
    (due,) = owed(compliance)
    assert due.on == rulebook.day(30)


def test_it_stands_on_today_and_is_reminded_of(session, browser, mails):
    with clock.at(clock.moment(working_day(0), 9)):
        compliance = user(Role.COMPLIANCE)
        rule = rulebook.rule(look_again_on=rulebook.day(0))
        page = Html(browser(compliance).get("/today"))
        assert "Check whether it still holds" in page.words("#main")
        assert f"/admin/rules-of-law/{rule.id}/check" in page.attributes("#main a", "href")
        send_due()
        assert any(str(rule.what) in message.text for message in mails())
