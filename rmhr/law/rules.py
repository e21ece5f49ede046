"""What a legal rule or a rule of good practice is: what holds, why, by which source, since when; when to look again.

A constant of law or practice stands in `rmhr/law/`, never inside a stage. Who builds on it names the rule. What is no
constant (the content of courses, what the bank says of itself, its texts) is declared by the stage that has it, with
`@rules_of`. `rmhr/rulebook/` keeps the register of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from rmhr.core import registry
from rmhr.core.due.calendar import add_days, add_months, add_working_days
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Target


class Authority(LabelEnum):
    """Who says so."""

    LAW = "law", _("Law"), "neutral", "bank"  # a statute, a directive, a court
    PRACTICE = "practice", _("Good practice"), "neutral", "lightbulb"  # the bank may decide otherwise
    BANK = "bank", _("Set by the bank"), "neutral", "building"  # the bank's own words, approved by two


class Owner(LabelEnum):
    """The role that looks after a rule, while nobody is named: its value is that of a role."""

    COMPLIANCE = "compliance", _("Compliance"), "neutral", "shield-check"
    HR = "hr", _("HR"), "neutral", "people"
    ADMIN = "admin", _("Administrator"), "neutral", "gear"


class Unit(Enum):
    """What the number of a rule counts."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    MONTHS = "months"
    HOURS = "hours"


@dataclass(frozen=True)
class Part:
    """One of several things that a rule is made of: a question of a course, a topic that nobody asks about."""

    words: Any
    source: Any = ""


@dataclass(frozen=True, kw_only=True)
class LegalRule:
    """One rule: a span of time, or something to keep, with where it comes from."""

    name: str  # "interviews.decide": whose it is, and what it is about
    what: Any  # lazy: "Decide on a candidate after the interview"
    why: Any  # lazy: "Candidates wait, and the panel still remembers."
    authority: Authority
    source: Any  # lazy: the article of the law, or on what else it rests
    since: date | None  # the day from which it holds; None while the bank has not put it in force
    review_by: date  # on this day somebody looks whether it still holds
    owner: Owner = Owner.COMPLIANCE  # the role that looks, while nobody is named
    number: int = 0  # 0: it is no span
    unit: Unit | None = None
    text: Any = ""  # how it reads, where it is no span
    kept_in: str = ""  # the module that keeps it: whoever uses that uses the rule
    page: Any = ""  # lazy: what the page is called that people know it from
    stands_at: Target | None = None  # and where it is
    parts: tuple[Part, ...] = ()

    @property
    def stage(self) -> str:
        """Whose it is: "interviews"."""
        return self.name.partition(".")[0]

    @property
    def reads(self) -> str:
        """What it says now: "5 working days"."""
        if self.unit is None:
            return str(self.text)
        return {
            Unit.WORKING_DAYS: lambda: ngettext("%(num)s working day", "%(num)s working days", self.number),
            Unit.DAYS: lambda: ngettext("%(num)s day", "%(num)s days", self.number),
            Unit.MONTHS: lambda: ngettext("%(num)s month", "%(num)s months", self.number),
            Unit.HOURS: lambda: ngettext("%(num)s hour", "%(num)s hours", self.number),
        }[self.unit]()

    @property
    def span(self) -> timedelta:
        """The rule as calendar days, or hours. Raises ValueError for one that counts anything else."""
        if self.unit not in (Unit.DAYS, Unit.HOURS):
            raise ValueError(f"{self.name} counts {self.unit.value if self.unit else 'nothing'}")
        return timedelta(**{self.unit.value: self.number})

    def after(self, day: date, region: str = "") -> date:
        """The last day of the span that begins after `day`; `region` says whose holidays count for working days.

        Raises ValueError for a rule that counts hours, or nothing.
        """
        if self.unit is Unit.MONTHS:
            return add_months(day, self.number)
        if self.unit is Unit.DAYS:
            return add_days(day, self.number)
        if self.unit is Unit.WORKING_DAYS:
            return add_working_days(day, self.number, region)
        raise ValueError(f"{self.name} counts {self.unit.value if self.unit else 'nothing'}")


def legal_rule(
    name: str,
    number: int = 0,
    unit: Unit | None = None,
    *,
    what: Any,
    why: Any,
    authority: Authority,
    source: Any,
    since: date,
    review_by: date,
    **more: Any,
) -> LegalRule:
    """Declare a rule. Raises ValueError for a second one of the same name."""
    made = LegalRule(
        name=name,
        what=what,
        why=why,
        number=number,
        unit=unit,
        authority=authority,
        source=source,
        since=since,
        review_by=review_by,
        **more,
    )
    registry.LEGAL_RULES.add(name, made)
    return made


Tell = Callable[[], Iterable[LegalRule]]


def rules_of(stage: str) -> Callable[[Tell], Tell]:
    """Declare a function that tells the rules of a stage that are no constants: asked each time they are listed."""

    def register(tell: Tell) -> Tell:
        registry.RULE_TELLERS.add(stage, tell)
        return tell

    return register


def rule_called(name: str) -> LegalRule | None:
    """The rule of this name as it is declared now; None for one that nobody declares."""
    tell = registry.RULE_TELLERS.get(name.partition(".")[0])
    told = (rule for rule in (tell() if tell else ()) if rule.name == name)
    return registry.LEGAL_RULES.get(name) or next(iter(told), None)


def every_rule() -> Iterator[LegalRule]:
    """All rules in force: the constants, then what each stage tells. Raises ValueError for a second one of a name."""
    seen = set[str]()
    told = (rule for tell in registry.RULE_TELLERS.values() for rule in tell())
    for rule in (*registry.LEGAL_RULES.values(), *told):
        if rule.name in seen:
            raise ValueError(f"two legal rules are called {rule.name}")
        seen.add(rule.name)
        yield rule
