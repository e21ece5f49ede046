"""What can be done with many interviews at once."""

from __future__ import annotations

from rmhr.core.flow.bulk import BulkOperation, Things
from rmhr.core.i18n import _, ngettext
from rmhr.interviews import operations, policies
from rmhr.interviews.queries import meetings
from rmhr.models.interviews import Interview

INTERVIEWS = Things(
    model=Interview,
    load=meetings.these,
    called=lambda it: f"{it.application.name}, {it.round.name}",
    count=lambda number: ngettext("%(num)s interview", "%(num)s interviews", number),
    index="interviews.index",
    show="interviews.show",
    page="interviews.bulk",
)
REMIND = BulkOperation(
    name="interviews.remind",
    things=INTERVIEWS,
    operation=operations.remind,
    why_not=operations.OWED.refusals,
    allow=policies.REMIND_ALL,
    label=_("Remind"),
    verb=lambda number: ngettext(
        "Remind of missing scorecards in %(num)s interview",
        "Remind of missing scorecards in %(num)s interviews",
        number,
    ),
    done=lambda number: ngettext(
        "Reminded of missing scorecards in %(num)s interview",
        "Reminded of missing scorecards in %(num)s interviews",
        number,
    ),
    about=_("Whoever has not handed in a scorecard gets one mail about it, once a day at most."),
)
