"""What the picture tool opens of the pages about reminder rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rmhr.core import clock, registry
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.reminders.rules import queries as rule_queries
from rmhr.reminders.rules.proposal import Proposal
from tools.examples import Example, Values

#: A kind of which there is much, with rules of the demo bank's own.
KIND = "onboarding.own"
STEPS = (
    ReminderStep(-2),
    ReminderStep(1, every=2, times=3),
    ReminderStep(4, (EscalationLevel.SUPERVISOR, EscalationLevel.HR), Basis.WORKING),
)


def _kind(_viewer: Any) -> Values | None:
    return {"name": KIND} if KIND in registry.SOURCES else None


def _proposal(_viewer: Any) -> Values | None:
    source = registry.SOURCES.get(KIND)
    if source is None:
        return None
    begins = clock.today() + timedelta(days=7)
    return dict(Proposal(source, STEPS, begins, rule_queries.last_decision(source)).args())


def _as_workbook(values: Values | None) -> Values | None:
    return None if values is None else {**values, "kind": "xlsx"}


def _coming(_viewer: Any) -> Values | None:
    source = registry.SOURCES.get(KIND)
    coming = [each for each in rule_queries.versions(source) if each.coming] if source else []
    return {"name": KIND, "number": coming[0].number} if coming else None


EXAMPLES: dict[str, Example] = {
    "reminder_rules.show": _kind,
    "reminder_rules.change": _kind,
    "reminder_rules.try_out": _proposal,
    "reminder_rules.try_out_file": lambda viewer: _as_workbook(_proposal(viewer)),
    "reminder_rules.simulator_file": lambda _viewer: _as_workbook({}),
    "reminder_rules.put_in_force": _proposal,
    "reminder_rules.stop": _kind,
    "reminder_rules.resume": _kind,
    "reminder_rules.withdraw": _coming,
}
