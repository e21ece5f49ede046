"""What training puts on other pages: the courses beside an RM's day and on a person's page."""

from __future__ import annotations

from rmhr.accounts import queries as accounts
from rmhr.models.accounts import Role, User
from rmhr.training import queries
from rmhr.training.views.mine import said
from rmhr.web.panels import Panel, Slot, panel


@panel(Slot.TODAY_SIDE, order=20)
def courses_of_today(viewer: User, subject: User) -> Panel | None:
    """The mandatory courses beside an RM's day."""
    held = queries.courses_of(subject) if subject.has(Role.RM) else []
    return Panel("training/_today.html", {"held": held}) if held else None


@panel(Slot.PERSON_MAIN, order=20)
def courses_of_the_person(viewer: User, subject: User) -> Panel | None:
    """The courses on somebody's page, for themselves, their supervisor, HR and compliance."""
    leads = accounts.people.may_see(viewer, subject) and not viewer.has(Role.ADMIN)
    if not (leads or viewer.has(Role.HR, Role.COMPLIANCE) or viewer.id == subject.id):
        return None
    held = queries.courses_of(subject)
    return Panel("training/_person.html", {"held": held, "said": said}) if held else None
