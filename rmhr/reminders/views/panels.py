"""Pieces of a person's page: whether they are away, and the way to their absences."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock
from rmhr.models.accounts import User
from rmhr.reminders import policies, queries
from rmhr.reminders.notifications import days_words
from rmhr.web.panels import Panel, Slot, panel

#: So long before it begins an absence is said on the person's page.
AHEAD = timedelta(days=14)


@panel(Slot.PERSON_HEAD, order=10)
def away(viewer: User, person: User) -> Panel | None:
    """Until when the person is away, and who stands in; soon, from when."""
    today = clock.today()
    coming, _past = queries.absence.absences(person, today)
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
    stands_in = queries.absence.stands_in_for(person, clock.today())
    return Panel(
        "reminders/_absences.html",
        {"person": person, "own": viewer.id == person.id, "stands_in": stands_in},
    )
