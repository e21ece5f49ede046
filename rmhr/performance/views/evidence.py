"""Evidence beside the judgement: the figure of the goal that was looked at most, and what "Quote" brings over."""

from __future__ import annotations

from collections.abc import Sequence

from rmhr.core import charts
from rmhr.core.history.records import Copy
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.performance import measures
from rmhr.performance.queries.goals import as_said
from rmhr.performance.views.goals import trend_of

#: A line needs so many check-ins.
LEAST = 2


def trend(goals: Sequence[Copy]) -> tuple[str, charts.Figure] | None:
    """What is measured, and its line; None where nothing was looked at often enough."""
    often = [each for each in goals if len(each.points) >= LEAST]
    if not often:
        return None
    goal = max(often, key=lambda each: len(each.points))
    return measures.measure_of(goal), trend_of(goal)


def quote(facts: Copy, name: str) -> str:
    """A fact as a sentence for the evidence; empty where there is none of that name."""
    kind, _dash, number = name.rpartition("-")
    for each in facts.goals:
        if kind == "goal" and str(each.id) == number:
            progress = as_said(each)
            return gettext(
                "%(goal)s: %(standing)s (%(state)s).",
                goal=each.title or measures.measure_of(each),
                standing=progress.said,
                state=progress.state.label,
            )
    for check_in in facts.check_ins:
        if kind == "check-in" and str(check_in.id) == number:
            return gettext("%(day)s: %(words)s", day=day_text(check_in.on), words=check_in.comment)
    if kind == "shadowed" and facts.shadowed:
        return gettext("%(count)s confirmed shadowing sessions.", count=facts.shadowed)
    for index, hosted in enumerate(facts.hosted):
        if kind == "hosted" and str(index) == number:
            return gettext(
                "Hosted %(person)s in %(count)s meetings.", person=hosted.name, count=hosted["count"]
            )
    return ""
