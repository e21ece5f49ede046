"""Who is told next of something due, if it stays undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rmhr.core import clock
from rmhr.core.due.reminder_steps import Occurrence
from rmhr.core.due.sources import Due
from rmhr.models.accounts import Employee
from rmhr.models.reminders import EscalationLevel
from rmhr.reminders.letters import told_next_words
from rmhr.reminders.queries.calendars import region_of
from rmhr.reminders.rules import current


@dataclass(frozen=True)
class NextEscalation:
    """Who is told next of what one person owes, by the rules in force today."""

    occurrences: Mapping[str, tuple[Occurrence, ...]]
    region: str

    def of(self, due: Due) -> tuple[date, str] | None:
        """Returns the day on which others than its owner are told, and who, in words for the owner.

        None where nobody else will be told.
        """
        today = clock.today()
        for occurrence in self.occurrences.get(due.source.name, ()):
            others = [level for level in occurrence.to if level is not EscalationLevel.OWNER]
            if others and (day := occurrence.day(due.on, self.region)) > today:
                return day, told_next_words(others, own=True)
        return None


def next_escalation(employee: Employee | None) -> NextEscalation:
    """Returns who is told next of what somebody owes who works there. Two queries."""
    in_force = {each.source.name: each.occurrences for each in current.sending(clock.today())}
    return NextEscalation(in_force, region_of(employee))
