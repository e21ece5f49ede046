"""What a goal is measured by, how a value reads, and how far somebody has come."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from rmhr.content import read, words
from rmhr.core.history.records import Copy
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.words import number
from rmhr.models.performance import Direction, Goal, Kpi

#: What stands behind a KPI's value; what is not here is only counted.
UNITS = {"percent": "%", "money": "€", "points": _("points"), "per_100_clients": _("per 100 clients")}
#: How a formula is typed, and how it is set.
SIGNS = (
    (re.compile(r"\b([A-Za-z]+)_(\w+)"), r"\1<sub>\2</sub>"),
    (re.compile(r"\^(\w+|\([^()]*\))"), r"<sup>\1</sup>"),
    (re.compile(r"\*"), "×"),
    (re.compile(r"(?<!\w)-|-(?!\w)"), "−"),
)


def measure_of(goal: Goal | Copy) -> str:
    """What is measured: the KPI's name, else the goal's own words. A copy has it as it was called then."""
    return str(goal.measure or goal.kpi.name if goal.kpi else goal.measure)


def unit_of(goal: Goal | Copy) -> str:
    """The unit as it stands behind a value; empty where things are counted."""
    return str(unit_in_words(goal))


def unit_in_words(goal: Goal | Copy) -> Any:
    """The same for readers of any language."""
    return UNITS.get(goal.kpi.unit, "") if goal.kpi and not goal.unit else goal.unit


def with_unit(number_said: str, unit: str) -> str:
    """ "93.4 %": a sign stays with its number and never begins a line."""
    return f"{number_said}\u00a0{unit}" if len(unit) == 1 else f"{number_said} {unit}".strip()


def said(goal: Goal | Copy, value: Decimal) -> str:
    """ "93.4 %", "57 meetings"."""
    return with_unit(number(value), unit_of(goal))


def said_of_target(goal: Goal | Copy, value: Decimal | None) -> str:
    """ "93.4 of 93 %": the present value and the target."""
    present = number(goal.baseline if value is None else value)
    return gettext("%(value)s of %(target)s", value=present, target=said(goal, goal.target))


def share(goal: Goal | Copy, value: Decimal | None) -> int:
    """How much of the way from the baseline to the target is done, in per cent from 0 to 100."""
    if value is None:
        return 0
    done = (value - goal.baseline) / (goal.target - goal.baseline)
    return int(max(Decimal(0), min(Decimal(1), done)) * 100)


def reached(goal: Goal | Copy, value: Decimal | None) -> bool:
    """Whether the last value has reached the target."""
    return value is not None and share(goal, value) == 100


def worsens(goal: Goal) -> bool:
    """Whether the target lies on the wrong side of the baseline for the direction of the KPI."""
    if goal.kpi is None:
        return False
    return (goal.target > goal.baseline) != (goal.kpi.direction is Direction.UP)


def set_as_formula(text: str) -> Markup:
    """ "W / L_closed * 100" as it is printed in a book."""
    said = str(escape(text))
    for sign, printed in SIGNS:
        said = sign.sub(printed, said)
    return Markup(said)


def inputs(kpi: Kpi) -> list[tuple[Markup, Words]]:
    """What each letter of a KPI's formula stands for; nothing for a KPI that the content does not know."""
    found = next((each for each in read("kpis")["kpis"] if each["id"] == kpi.code), None)
    return [(set_as_formula(name), words(said)) for name, said in found["variables"].items()] if found else []
