"""How a rule of the register stands: due, due soon, to be followed up, checked, not checked by anybody yet."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import this_day
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.law import deadlines
from rmhr.law.rules import Authority
from rmhr.models.rulebook import CheckOutcome, RegisteredRule

#: So many days before its day a rule is owed.
OWED_BEFORE = deadlines.LOOK_AT_RULE_AGAIN.span.days


class Standing(LabelEnum):
    """What is to be done about a rule, most urgent first."""

    DUE = "due", _("To check"), "bad", "exclamation-octagon"
    FOLLOW_UP = "follow_up", _("To follow up"), "warning", "arrow-repeat"
    SOON = "soon", _("To check soon"), "warning", "hourglass-split"
    CHECKED = "checked", _("Checked"), "good", "check-circle-fill"
    UNCHECKED = "unchecked", _("Not checked yet"), "neutral", "circle"
    RETIRED = "retired", _("No longer in force"), "neutral", "archive"


def of(rule: RegisteredRule) -> Standing:
    """How it stands today."""
    if rule.retired_on is not None:
        return Standing.RETIRED
    if rule.look_again_on <= clock.today():
        return Standing.DUE
    if rule.outcome in (CheckOutcome.CHANGED, CheckOutcome.ENDED):
        return Standing.FOLLOW_UP
    if rule.look_again_on <= deadlines.LOOK_AT_RULE_AGAIN.after(clock.today()):
        return Standing.SOON
    return Standing.CHECKED if rule.checked_on else Standing.UNCHECKED


def column() -> sa.ColumnElement[str]:
    """The same, told by the database."""
    return sa.case(
        (RegisteredRule.retired_on.is_not(None), Standing.RETIRED.value),
        (RegisteredRule.look_again_on <= this_day(), Standing.DUE.value),
        (
            RegisteredRule.outcome.in_((CheckOutcome.CHANGED, CheckOutcome.ENDED)),
            Standing.FOLLOW_UP.value,
        ),
        (RegisteredRule.look_again_on <= this_day(OWED_BEFORE), Standing.SOON.value),
        (RegisteredRule.checked_on.is_not(None), Standing.CHECKED.value),
        else_=Standing.UNCHECKED.value,
    )


def next_look(authority: Authority, outcome: CheckOutcome, day: date) -> date:
    """When a rule is looked at again that was checked on this day, where nobody says otherwise."""
    if outcome is not CheckOutcome.HOLDS:
        return deadlines.FOLLOW_UP_RULE.after(day)
    if authority is Authority.PRACTICE:
        return deadlines.CHECK_PRACTICE_AGAIN.after(day)
    return deadlines.CHECK_LAW_AGAIN.after(day)
