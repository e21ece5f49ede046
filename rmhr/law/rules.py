"""What a legal rule or a rule of good practice is: what holds, why, from which source, and when to look again.

A constant of law or practice stands in `rmhr/law/`, never inside a stage. Who builds on it names the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from rmhr.core import registry
from rmhr.core.due.calendar import add_days, add_months, add_working_days


class Authority(Enum):
    """Who says so."""

    LAW = "law"  # a statute, a directive, a court
    PRACTICE = "practice"  # good practice: the bank may decide otherwise


class Unit(Enum):
    """What the number of a rule counts."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    MONTHS = "months"
    HOURS = "hours"


@dataclass(frozen=True, kw_only=True)
class LegalRule:
    """One rule: a span of time, with where it comes from."""

    name: str  # "interviews.decide"
    what: Any  # lazy: "Decide on a candidate after the interview"
    number: int
    unit: Unit
    authority: Authority
    source: str  # the article of the law, or why it is good practice
    review_by: date  # on this day somebody looks whether it still holds

    @property
    def span(self) -> timedelta:
        """The rule as calendar days, or hours. Raises ValueError for one that counts working days or months."""
        if self.unit not in (Unit.DAYS, Unit.HOURS):
            raise ValueError(f"{self.name} counts {self.unit.value}")
        return timedelta(**{self.unit.value: self.number})

    def after(self, day: date, region: str = "") -> date:
        """The last day of the span that begins after `day`; `region` says whose holidays count for working days.

        Raises ValueError for a rule that counts hours.
        """
        if self.unit is Unit.HOURS:
            raise ValueError(f"{self.name} counts {self.unit.value}")
        if self.unit is Unit.MONTHS:
            return add_months(day, self.number)
        if self.unit is Unit.DAYS:
            return add_days(day, self.number)
        return add_working_days(day, self.number, region)


def legal_rule(
    name: str, number: int, unit: Unit, *, what: Any, authority: Authority, source: str, review_by: date
) -> LegalRule:
    """Declare a rule. Raises ValueError for a second one of the same name."""
    made = LegalRule(
        name=name,
        what=what,
        number=number,
        unit=unit,
        authority=authority,
        source=source,
        review_by=review_by,
    )
    registry.LEGAL_RULES.add(name, made)
    return made
