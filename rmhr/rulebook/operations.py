"""What is written in the register: that somebody has checked a rule, and who looks after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.bounds import AHEAD
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.rulebook import CheckOutcome, RegisteredRule, RuleCheck
from rmhr.rulebook import policies, queries, standing


@operation(allow=policies.CHECK, done=_("Check of a rule recorded"))
def record(
    actor: User,
    rule: RegisteredRule,
    *,
    outcome: CheckOutcome,
    looked_at: str,
    note: str = "",
    checked_on: date | None = None,
    next_on: date | None = None,
) -> RuleCheck:
    """Record that somebody has looked whether a rule still holds, and when somebody looks again.

    Without `checked_on` it was today, without `next_on` it is as `standing.next_look` says. Recorded twice in the same
    words it is kept once. Raises NotPossible for a rule that is no longer in force, days that cannot be, a finding
    without words, an earlier check, and where somebody else has just recorded one.
    """
    facts = _facts(actor, rule, outcome, looked_at, note, checked_on, next_on)
    if (known := _last_with(rule, facts)) is not None:
        return known
    day, following = facts["checked_on"], facts["next_on"]
    _refuse(rule, outcome, note, day, following)
    made = RuleCheck(
        rule_id=rule.id,
        number=1 + (_last_number(rule) or 0),
        by_name=actor.name,
        **facts,
        what=rule.what,
        source=rule.source,
        reads=rule.reads,
        since=rule.since,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:
        raise NotPossible(
            gettext("Somebody else has just recorded a check of this rule. Please look at it first.")
        ) from None
    rule.look_again_on, rule.checked_on, rule.outcome = following, day, outcome
    # Whoever has the form open is told of this check, also where it has changed none of these.
    rule.updated_at = clock.now()
    return made


def is_recorded(
    actor: User,
    rule: RegisteredRule,
    *,
    outcome: CheckOutcome,
    looked_at: str,
    note: str = "",
    checked_on: date | None = None,
    next_on: date | None = None,
) -> bool:
    """Whether the last check is this one: by the same person, of the same day, in the same words."""
    return _last_with(rule, _facts(actor, rule, outcome, looked_at, note, checked_on, next_on)) is not None


@operation(allow=policies.CHECK, done=_("Check of a rule recorded"))
def confirm(actor: User, rule: RegisteredRule, *, looked_at: str, note: str = "") -> str:
    """Record today that a rule still holds, as one of many. Raises NotPossible like `record`."""
    record(actor, rule, outcome=CheckOutcome.HOLDS, looked_at=looked_at, note=note)
    return ""


@operation(allow=policies.NAME_OWNER, done=_("Person named who looks after the rule"))
def name_owner(_actor: User, rule: RegisteredRule, *, owner: User | None) -> None:
    """Name who looks after a rule, or nobody: then its role does. Raises NotPossible for who could not open it."""
    if owner is not None and not (owner.is_active and owner.has(*policies.READERS)):
        raise NotPossible(
            gettext(
                "%(person)s cannot open the register: that takes the role Compliance, HR or Administrator.",
                person=owner.name,
            )
        )
    rule.owner = owner


def why_not(_actor: User, rules: Sequence[RegisteredRule]) -> list[str | None]:
    """Why a check of each cannot be recorded now; None where it can."""
    return [gettext("It is no longer in force.") if rule.retired_on else None for rule in rules]


def _refuse(rule: RegisteredRule, outcome: CheckOutcome, note: str, day: date, following: date) -> None:
    if rule.retired_on is not None:
        raise NotPossible(gettext("This rule is no longer in force."))
    if day > clock.today():
        raise NotPossible(gettext("A check was made today or earlier."))
    if rule.checked_on is not None and day < rule.checked_on:
        raise NotPossible(gettext("The last check is later than this day."))
    if following <= clock.today() or following not in AHEAD:
        raise NotPossible(gettext("Somebody looks again between tomorrow and two years from now."))
    if outcome is not CheckOutcome.HOLDS and not note.strip():
        raise NotPossible(gettext("Say what has changed."))


def _facts(
    actor: User,
    rule: RegisteredRule,
    outcome: CheckOutcome,
    looked_at: str,
    note: str,
    checked_on: date | None,
    next_on: date | None,
) -> dict[str, Any]:
    day = checked_on or clock.today()
    return {
        "by_id": actor.id,
        "outcome": outcome,
        "looked_at": looked_at,
        "note": note,
        "checked_on": day,
        "next_on": next_on or standing.next_look(rule.authority, outcome, day),
    }


def _last_with(rule: RegisteredRule, facts: dict[str, Any]) -> RuleCheck | None:
    last = next(iter(queries.checks(rule)), None)
    same = last is not None and all(getattr(last, name) == value for name, value in facts.items())
    return last if same else None


def _last_number(rule: RegisteredRule) -> int | None:
    return db.session.scalar(sa.select(sa.func.max(RuleCheck.number)).where(RuleCheck.rule_id == rule.id))
