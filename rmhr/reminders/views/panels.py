"""Pieces of a person's page: whether they are away, and the way to their absences."""

from __future__ import annotations

from datetime import timedelta

from flask import g

from rmhr.core import clock
from rmhr.models.accounts import User
from rmhr.models.reminders import Absence
from rmhr.reminders import policies, queries
from rmhr.reminders.notifications import days_words
from rmhr.web.panels import Panel, Slot, panel

#: So long before it begins an absence is said on the person's page.
AHEAD = timedelta(days=14)


@panel(Slot.PERSON_HEAD, order=10)
def away(viewer: User, person: User) -> Panel | None:
    """Until when the person is away, and who stands in; soon, from when."""
    today = clock.today()
    coming, _others = _absences(person)
    found = coming[0] if coming and coming[0].starts_on <= today + AHEAD else None
    if found is None:
        return None
    return Panel(
        "reminders/_away.html",
        {
            "absence": found,
            "days": days_words(found),
            "now": found.starts_on <= today,
            "clash": queries.absence.deputies_away([found]).get(found.id),
            "may": policies.ABSENCE(viewer, person),
            "own": viewer.id == person.id,
        },
    )


@panel(Slot.PERSON_SIDE, order=90)
def absences_of_person(viewer: User, person: User) -> Panel | None:
    """The way to the person's absences, for who may enter one."""
    if not policies.ABSENCE(viewer, person) or not person.is_active:
        return None
    _own, stands_in = _absences(person)
    return Panel(
        "reminders/_absences.html",
        {"person": person, "own": viewer.id == person.id, "stands_in": stands_in},
    )


def _absences(person: User) -> tuple[list[Absence], list[Absence]]:
    """What both panels say of one page's person: asked for once."""
    if "absences" not in g:
        g.absences = queries.absence.coming(person, clock.today())
    found: tuple[list[Absence], list[Absence]] = g.absences
    return found
