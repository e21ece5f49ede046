"""Legal rules: each says what, why and from where; what a number counts is not mixed up; none is out of date."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from rmhr.core import clock, registry
from rmhr.law import deadlines, retention
from rmhr.law.rules import Authority, Unit, legal_rule

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2] / "rmhr"


def test_each_says_what_it_is_about_and_where_it_comes_from():
    assert registry.LEGAL_RULES
    for rule in registry.LEGAL_RULES.values():
        assert str(rule.what), rule.name
        assert rule.number > 0, rule.name
        begins = ("Practice: ",) if rule.authority is Authority.PRACTICE else ("Art. ", "section ")
        assert rule.source.startswith(begins), rule.name


def test_each_was_looked_at_and_will_be_looked_at_again():
    for rule in registry.LEGAL_RULES.values():
        assert clock.today() < rule.review_by <= clock.today() + timedelta(days=3 * 366), (
            f"{rule.name}: look whether it still holds, then set the next day"
        )


def test_every_rule_is_kept_by_some_code():
    """A rule that nothing follows is a promise that nobody keeps."""
    used = set()
    for path in ROOT.rglob("*.py"):
        if path.parent.name != "law":
            used |= {
                node.attr
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Attribute)
            }
    named = {name for module in (deadlines, retention) for name in vars(module) if name.isupper()}
    rules = {name for name in named if not isinstance(getattr(deadlines, name, ""), (date, str))}
    rules -= {"REVIEW_BY", "STORAGE_LIMITATION", "PHASES"}
    assert rules <= used, rules - used


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
        "authority": Authority.PRACTICE,
        "source": "Practice: x",
        "review_by": date(2027, 1, 1),
    }
    legal_rule("a.b", 1, Unit.DAYS, **given)
    with pytest.raises(ValueError, match="two legal rules"):
        legal_rule("a.b", 2, Unit.DAYS, **given)
