"""What can be done with the courses of many people at once."""

from __future__ import annotations

from rmhr.core.flow.bulk import BulkOperation, Things
from rmhr.core.i18n import _, ngettext
from rmhr.models.accounts import User
from rmhr.training import grid, operations, policies

PEOPLE = Things(
    model=User,
    load=grid.these,
    called=lambda person: person.name,
    count=lambda number: ngettext("%(num)s person", "%(num)s people", number),
    index="training.team",
    show="accounts.person",
    page="training.bulk",
)
REMIND = BulkOperation(
    name="training.remind",
    things=PEOPLE,
    operation=operations.assignments.remind,
    why_not=operations.assignments.OWED.refusals,
    allow=policies.SEE_TEAM,
    label=_("Remind"),
    verb=lambda number: ngettext(
        "Remind %(num)s person of their courses", "Remind %(num)s people of their courses", number
    ),
    done=lambda number: ngettext(
        "%(num)s person reminded of their courses", "%(num)s people reminded of their courses", number
    ),
    about=_("Each person gets one mail about the courses that are due, once a day at most."),
)
