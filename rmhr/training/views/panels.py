"""What training puts on other pages: courses beside an RM's day, on a person's page and beside compliance's day."""

from __future__ import annotations

from rmhr.accounts import queries as accounts
from rmhr.models.accounts import Role, User
from rmhr.training import grid, queries
from rmhr.training.progress import RENEWAL_OPENS
from rmhr.training.views.mine import said
from rmhr.web.panels import Panel, Slot, panel

#: So many units are named; of the others, how many there are.
UNITS = 5


@panel(Slot.TODAY_SIDE, order=5)
def standing_of_the_bank(viewer: User, _subject: User) -> Panel | None:
    """What is late, blocked and expiring in the whole bank, beside compliance's day."""
    if not viewer.has(Role.COMPLIANCE):
        return None
    found = grid.standing(viewer)
    values = {"standing": found, "units": found.units[:UNITS], "days": RENEWAL_OPENS}
    return Panel("training/_standing.html", values)


@panel(Slot.TODAY_SIDE, order=20)
def courses_of_today(viewer: User, subject: User) -> Panel | None:
    """The mandatory courses beside an RM's day."""
    held = queries.standing.courses_of(subject) if subject.has(Role.RM) else []
    return Panel("training/_today.html", {"held": held}) if held else None


@panel(Slot.PERSON_MAIN, order=20)
def courses_of_the_person(viewer: User, subject: User) -> Panel | None:
    """The courses on somebody's page, for themselves, their supervisor, HR and compliance."""
    leads = accounts.people.may_see(viewer, subject) and not viewer.has(Role.ADMIN)
    if not (leads or viewer.has(Role.HR, Role.COMPLIANCE) or viewer.id == subject.id):
        return None
    held = queries.standing.courses_of(subject)
    return Panel("training/_person.html", {"held": held, "said": said}) if held else None
