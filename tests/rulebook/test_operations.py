"""A check: who records it, what it keeps, what cannot be; who looks after a rule."""

from __future__ import annotations

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import Words
from rmhr.law.rules import Authority
from rmhr.models.accounts import Role
from rmhr.models.rulebook import CheckOutcome, RuleCheck
from rmhr.rulebook import operations, queries, standing
from rmhr.rulebook.standing import Standing
from tests.factories import duties, rulebook
from tests.factories.accounts import user

HOLDS, CHANGED, ENDED = CheckOutcome.HOLDS, CheckOutcome.CHANGED, CheckOutcome.ENDED


def record(by, rule, **given):
    return operations.record(by, rule, **{"outcome": HOLDS, "looked_at": "The statute"} | given)


def test_it_keeps_who_when_what_and_how_the_rule_read_then(session):
    birgit, rule = user(Role.COMPLIANCE, name="Birgit Saß"), rulebook.rule()
    made = record(birgit, rule, note="As before")
    with duties.changing():
        rule.reads = Words.both("3 months", "3 Monate")
        birgit.name = "Birgit Lund"
    assert (made.number, made.by_name, made.checked_on) == (1, "Birgit Saß", clock.today())
    assert made.reads == Words.both("6 months", "6 Monate")
    assert queries.checks(rule) == [made]
    assert any("Check of a rule recorded" in str(each.sentence) for each in timeline(rule))


@pytest.mark.parametrize(
    ("authority", "outcome", "months"),
    [(Authority.LAW, HOLDS, 12), (Authority.BANK, HOLDS, 12), (Authority.PRACTICE, HOLDS, 24)],
)
def test_the_next_day_follows_from_what_was_found(session, authority, outcome, months):
    rule = rulebook.rule(authority=authority)
    record(user(Role.COMPLIANCE), rule, outcome=outcome)
    ahead = (
        (rule.look_again_on.year - clock.today().year) * 12 + rule.look_again_on.month - clock.today().month
    )
    assert ahead == months


@pytest.mark.parametrize("outcome", [CHANGED, ENDED])
def test_what_has_changed_is_followed_up_in_a_month(session, outcome):
    rule = rulebook.rule()
    record(user(Role.COMPLIANCE), rule, outcome=outcome, note="Another number")
    assert rule.look_again_on == rulebook.day(30)
    assert standing.of(rule) is Standing.FOLLOW_UP


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"checked_on": rulebook.day(1)}, "today or earlier"),
        ({"next_on": rulebook.day(0)}, "between tomorrow"),
        ({"next_on": rulebook.day(800)}, "two years"),
        ({"outcome": CHANGED}, "Say what has changed"),
        ({"outcome": ENDED, "note": " "}, "Say what has changed"),
    ],
)
def test_what_cannot_be_is_refused_in_words(session, given, words):
    rule = rulebook.rule()
    with pytest.raises(NotPossible, match=words):
        record(user(Role.COMPLIANCE), rule, **given)
    assert queries.checks(rule) == []


def test_no_check_is_earlier_than_the_last(session):
    rule = rulebook.rule()
    record(user(Role.COMPLIANCE), rule)
    with pytest.raises(NotPossible, match="later than this day"):
        record(user(Role.COMPLIANCE), rule, checked_on=rulebook.day(-1))


def test_a_rule_that_is_retired_is_not_checked(session):
    rule = rulebook.rule(retired_on=rulebook.day(-1))
    with pytest.raises(NotPossible, match="no longer in force"):
        record(user(Role.COMPLIANCE), rule)


def test_the_second_of_two_checks_of_one_number_ends_in_words(session, monkeypatch):
    rule = rulebook.rule()
    record(user(Role.COMPLIANCE), rule)
    monkeypatch.setattr(operations, "_last_number", lambda _rule: None)
    with pytest.raises(NotPossible, match="Somebody else has just recorded"):
        record(user(Role.ADMIN), rule)
    assert db.session.query(RuleCheck).count() == 1


def test_compliance_administrators_and_whoever_is_named_record_it(session):
    anna, other = user(Role.HR), user(Role.HR)
    rule = rulebook.rule(owner=anna)
    for person in (user(Role.COMPLIANCE), user(Role.ADMIN), anna):
        record(person, rule)
    for person in (other, user(Role.SUPERVISOR), user(Role.RM)):
        with pytest.raises(NotAllowed):
            record(person, rule)


def test_compliance_and_administrators_name_who_looks_after_it(session):
    anna, rule = user(Role.HR), rulebook.rule()
    operations.name_owner(user(Role.COMPLIANCE), rule, owner=anna)
    assert rule.owner is anna
    with pytest.raises(NotAllowed):
        operations.name_owner(anna, rule, owner=None)
    operations.name_owner(user(Role.ADMIN), rule, owner=None)
    assert rule.owner is None


def test_nobody_is_named_who_could_not_open_it(session):
    rule = rulebook.rule()
    for person in (user(Role.RM), user(Role.HR, left_on=rulebook.day(-1))):
        with pytest.raises(NotPossible, match="cannot open the register"):
            operations.name_owner(user(Role.ADMIN), rule, owner=person)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"look_again_on": rulebook.day(0)}, Standing.DUE),
        ({"look_again_on": rulebook.day(60)}, Standing.SOON),
        ({"look_again_on": rulebook.day(61)}, Standing.UNCHECKED),
        ({"outcome": HOLDS, "checked_on": rulebook.day(-1)}, Standing.CHECKED),
        ({"outcome": ENDED, "checked_on": rulebook.day(-1)}, Standing.FOLLOW_UP),
        ({"outcome": ENDED, "checked_on": rulebook.day(-9), "look_again_on": rulebook.day(-1)}, Standing.DUE),
        ({"retired_on": rulebook.day(-1)}, Standing.RETIRED),
    ],
)
def test_how_it_stands_is_the_same_here_and_in_the_database(session, given, expected):
    rule = rulebook.rule(**given)
    assert standing.of(rule) is expected
    assert session.scalar(db.select(standing.column())) == expected.value
