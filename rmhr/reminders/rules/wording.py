"""A reminder rule in words: "3 days before and on the day; 5 working days late: supervisor"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rmhr.core.due.reminder_steps import Occurrence, ReminderStep
from rmhr.core.i18n import gettext, ngettext
from rmhr.models.reminders import Basis, EscalationLevel

OWNER_ALONE = (EscalationLevel.OWNER,)


def when(after: int, basis: Basis) -> str:
    """Returns the day in words: "3 days before", "on the day", "5 working days late"."""
    number, working = abs(after), basis is Basis.WORKING
    if after == 0:
        return gettext("on the next working day") if working else gettext("on the day")
    if after < 0 and working:
        return ngettext("%(num)s working day before", "%(num)s working days before", number)
    if after < 0:
        return ngettext("%(num)s day before", "%(num)s days before", number)
    if working:
        return ngettext("%(num)s working day late", "%(num)s working days late", number)
    return ngettext("%(num)s day late", "%(num)s days late", number)


def short(occurrence: Occurrence) -> str:
    """Returns the same for the axis of a figure: "−3", "+5 wd"."""
    if occurrence.after == 0 and occurrence.basis is Basis.CALENDAR:
        return gettext("due")
    said = f"{occurrence.after:+d}".replace("-", "−")
    # Of a figure's axis: working days, abbreviated.
    return gettext("%(number)s wd", number=said) if occurrence.basis is Basis.WORKING else said


def step_words(step: ReminderStep) -> str:
    """Returns one step in words, with its repetitions: "2 days late, then every 7 days, 4 times in all"."""
    said = when(step.after, step.basis)
    if step.times == 1:
        return said
    every = (
        ngettext("every working day", "every %(num)s working days", step.every)
        if step.basis is Basis.WORKING
        else ngettext("every day", "every %(num)s days", step.every)
    )
    return gettext(
        "%(when)s, then %(every)s, %(times)s times in all", when=said, every=every, times=step.times
    )


def level_words(one: EscalationLevel) -> str:
    """Returns who is told at that level, as it stands inside a sentence."""
    words = {
        EscalationLevel.OWNER: gettext("the person"),
        EscalationLevel.SUPERVISOR: gettext("supervisor"),
        EscalationLevel.HR: gettext("HR"),
        EscalationLevel.COMPLIANCE: gettext("compliance"),
        EscalationLevel.HEAD: gettext("head of the unit"),
    }
    return words[one]


def told(levels: Iterable[EscalationLevel]) -> str:
    """Returns who is told: "the person, supervisor and HR"."""
    return together([level_words(each) for each in levels])


def together(words: Sequence[str]) -> str:
    """Returns words as one list: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])


def rule_words(steps: Iterable[ReminderStep]) -> str:
    """Returns the whole rule in words; whoever is told besides the person stands after a colon."""
    said = []
    for to, group in groupby(in_order(steps), key=lambda step: step.to):
        times = together([step_words(step) for step in group])
        said.append(times if to == OWNER_ALONE else gettext("%(when)s: %(who)s", when=times, who=told(to)))
    return "; ".join(said)


def rule_lines(steps: Iterable[ReminderStep]) -> list[str]:
    """Returns the rule a step a line, from the earliest to the latest, each with who is told."""
    return [step_line(step) for step in in_order(steps)]


def step_line(step: ReminderStep) -> str:
    """Returns one step with who is told: "5 working days late: the person and supervisor"."""
    return gettext("%(when)s: %(who)s", when=step_words(step), who=told(step.to))


def in_order(steps: Iterable[ReminderStep]) -> list[ReminderStep]:
    """Returns the steps from the earliest to the latest."""
    return sorted(steps, key=lambda step: (Occurrence(step.after, step.basis, step.to).order, step.basis))
