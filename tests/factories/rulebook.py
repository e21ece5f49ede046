"""Rules of the register, and checks of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.law.rules import Authority, Owner
from rmhr.models.accounts import Role
from rmhr.models.rulebook import CheckOutcome, RegisteredRule, RuleCheck

from . import numbers, save
from .accounts import user


def day(offset: int) -> date:
    """So many days from today."""
    return clock.today() + timedelta(days=offset)


def rule(**given: Any) -> RegisteredRule:
    """A rule of law that nobody has checked yet, to be looked at in half a year; no code declares it."""
    n = next(numbers)
    defaults: dict[str, Any] = {
        "name": f"interviews.made_{n}",
        "stage": "interviews",
        "authority": Authority.LAW,
        "what": Words.both(f"Keep letter {n}", f"Brief {n} behalten"),
        "why": Words.both("Somebody may ask for it.", "Jemand kann danach fragen."),
        "source": Words.both("section 1 AGG", "§ 1 AGG"),
        "reads": Words.both("6 months", "6 Monate"),
        "since": date(2020, 1, 1),
        "review_by": day(180),
        "look_again_on": given.get("review_by", day(180)),
        "owner_role": Owner.COMPLIANCE,
    }
    return save(RegisteredRule(**defaults | given))


def checked(of: RegisteredRule | None = None, **given: Any) -> RuleCheck:
    """A check of a rule a month ago; the rule itself says so only where it is made here."""
    if of is None:
        of = rule(checked_on=day(-30), outcome=CheckOutcome.HOLDS, look_again_on=day(335))
    by = given.pop("by", None) or user(Role.COMPLIANCE)
    defaults: dict[str, Any] = {
        "rule_id": of.id,
        "number": 1,
        "by_id": by.id,
        "by_name": by.name,
        "checked_on": day(-30),
        "outcome": CheckOutcome.HOLDS,
        "looked_at": "gesetze-im-internet.de",
        "next_on": day(335),
        "what": of.what,
        "source": of.source,
        "reads": of.reads,
        "since": of.since,
    }
    return save(RuleCheck(**defaults | given))
