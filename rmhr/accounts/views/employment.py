"""What has happened and will happen to an employment, in words; and taking back what is planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from rmhr.accounts import policies, queries
from rmhr.accounts.views.blueprint import bp
from rmhr.accounts.workflow import COLUMNS, EVENTS
from rmhr.core import registry
from rmhr.core.i18n import _
from rmhr.core.words import day_text
from rmhr.models.accounts import EmploymentEvent, EmploymentKind
from rmhr.web.transitions import add_transition_route

LABELS = {
    "unit_id": _("Unit"),
    "job_title": _("Job title"),
    "supervisor_id": _("Supervisor"),
    "rm_type": _("RM type"),
    "level": _("Level"),
}


@dataclass(frozen=True)
class Described:
    """An event as the person's page tells it."""

    event: EmploymentEvent
    day: date  # of somebody who leaves, the last one
    changes: list[tuple[Any, str, str]]  # (what, before, after)
    successors: list[tuple[Any, str]]  # (what kind, who takes it over)

    @property
    def planned(self) -> bool:
        """Whether it can still be taken back."""
        return self.event.status in EVENTS["cancel"].sources


def described(events: Sequence[EmploymentEvent]) -> list[Described]:
    """Events with the names of units and people that they mention. One query."""
    units, people = queries.employment.mentioned(events)
    return [
        Described(
            event=event,
            day=queries.employment.day_of(event),
            changes=_changes(event, units, people),
            successors=[(registry.HANGING[each.kind].label, each.user.name) for each in event.successors],
        )
        for event in events
    ]


def _changes(
    event: EmploymentEvent, units: dict[int, str], people: dict[int, str]
) -> list[tuple[Any, str, str]]:
    if event.kind is EmploymentKind.RESCHEDULED:
        before, after = (day_text(date.fromisoformat(each)) for each in event.changes["started_on"])
        return [(_("First working day"), before, after)]
    if event.kind is EmploymentKind.ABSENT:
        return [(_("Last day"), "", day_text(date.fromisoformat(event.becomes("until"))))]
    if event.kind is not EmploymentKind.CHANGES:
        return []

    def said(name: str, value: Any) -> str:
        if name == "unit_id":
            return units.get(value, "")
        if name == "supervisor_id":
            return people.get(value, "")
        made = COLUMNS[name](value)
        return str(getattr(made, "label", made) or "")

    return [
        (LABELS[name], said(name, event.was(name)), said(name, event.becomes(name)))
        for name in event.changes
        if name in LABELS
    ]


add_transition_route(
    bp,
    EVENTS,
    queries.employment.get,
    policies.INVITE,
    about=lambda event: f"{event.user.name}: {event.kind.label}",
    back=lambda event: url_for("accounts.person", id=event.user_id),
    only=("cancel",),
    endpoint="employment_transition",
    url="/people/employment/<int:id>/<name>",
)
