"""Legal rules: each says what, why and from where; what a number counts is not mixed up; none is out of date."""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.support import LazyProxy

from rmhr.core import clock, registry
from rmhr.law import deadlines, retention
from rmhr.law.rules import Authority, LegalRule, Unit, legal_rule
from rmhr.models.accounts import Role

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2] / "rmhr"


def test_each_says_what_why_by_which_source_since_when_and_who_looks():
    assert registry.LEGAL_RULES
    for rule in registry.LEGAL_RULES.values():
        for said in (rule.what, rule.why, rule.source):
            assert str(said), rule.name
            assert isinstance(said, LazyProxy), f"{rule.name}: it is shown in both languages, so it is “_(…)”"
        assert rule.since is not None, rule.name
        assert rule.since <= clock.today(), rule.name
        assert Role(rule.owner.value)
        assert (rule.number > 0) == (rule.unit is not None), rule.name


def test_each_was_looked_at_and_will_be_looked_at_again():
    for rule in registry.LEGAL_RULES.values():
        assert clock.today() < rule.review_by <= clock.today() + timedelta(days=3 * 366), (
            f"{rule.name}: look whether it still holds, then set the next day"
        )


def test_every_rule_is_kept_by_some_code():
    """A rule that nothing follows is a promise that nobody keeps."""
    used, opened = set(), set()
    for path in ROOT.rglob("*.py"):
        if path.parent.name != "law":
            text = path.read_text(encoding="utf-8")
            used |= {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
            opened |= set(re.findall(r"from rmhr\.law import ([\w, ]+)|from rmhr\.law\.(\w+) import", text))
    modules = {name.strip() for pair in opened for names in pair for name in names.split(",")}
    constants = {
        name: value
        for module in (deadlines, retention)
        for name, value in vars(module).items()
        if isinstance(value, LegalRule)
    }
    assert set(constants) <= used, set(constants) - used
    others = set(registry.LEGAL_RULES) - {value.name for value in constants.values()}
    for name in others:
        kept_in = registry.LEGAL_RULES[name].kept_in
        assert kept_in.rpartition(".")[2] in modules, name


def test_working_days_pass_over_weekends_and_holidays_of_the_region():
    friday = date(2026, 12, 18)
    assert deadlines.DECIDE_ON_CANDIDATE.after(friday, "DE-HH") == date(2026, 12, 22)
    # The 25th and 26th are holidays; the 26th is a Saturday anyway.
    assert deadlines.DECIDE_ON_REQUISITION.after(friday, "DE-HH") == date(2026, 12, 28)


def test_days_are_calendar_days():
    assert deadlines.SIGN_REVIEW.after(date(2026, 12, 18)) == date(2027, 1, 1)
    assert retention.REFERRALS.span == timedelta(days=60)


def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month():
    assert retention.APPLICATIONS.after(date(2026, 8, 31)) == date(2027, 2, 28)
    with pytest.raises(ValueError, match="months"):
        _ = retention.APPLICATIONS.span


def test_hours_are_a_span_and_no_day():
    assert deadlines.CHOOSE_NEW_PASSWORD.span == timedelta(hours=1)
    with pytest.raises(ValueError, match="hours"):
        deadlines.CHOOSE_NEW_PASSWORD.after(date(2026, 12, 18))


def test_a_span_of_working_days_is_no_span_of_days():
    with pytest.raises(ValueError, match="working days"):
        _ = deadlines.SEND_OFFER.span


def test_two_rules_of_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(registry, "LEGAL_RULES", registry.Registry("legal rules"))
    given = {
        "what": "x",
        "why": "x",
        "authority": Authority.PRACTICE,
        "source": "x",
        "since": date(2026, 1, 1),
        "review_by": date(2027, 1, 1),
    }
    legal_rule("a.b", 1, Unit.DAYS, **given)
    with pytest.raises(ValueError, match="two legal rules"):
        legal_rule("a.b", 2, Unit.DAYS, **given)


def test_a_rule_that_is_no_span_counts_nothing():
    with pytest.raises(ValueError, match="nothing"):
        registry.LEGAL_RULES["interviews.past_pay"].after(date(2026, 12, 18))
