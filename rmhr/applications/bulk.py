"""What can be done with many applications at once."""

from __future__ import annotations

from rmhr.applications import queries
from rmhr.applications.forms import moves
from rmhr.applications.workflow import FLOW
from rmhr.core.flow.bulk import BulkMove, Things
from rmhr.core.i18n import _, ngettext
from rmhr.models.applications import Application

APPLICATIONS = Things(
    model=Application,
    load=queries.applications.these,
    called=lambda it: it.name,
    count=lambda number: ngettext("%(num)s application", "%(num)s applications", number),
    index="applications.index",
    show="applications.show",
    page="applications.bulk",
)
SHORTLIST = BulkMove(
    flow=FLOW,
    move="shortlist",
    things=APPLICATIONS,
    verb=lambda number: ngettext("Shortlist %(num)s application", "Shortlist %(num)s applications", number),
    done=lambda number: ngettext(
        "%(num)s application shortlisted", "%(num)s applications shortlisted", number
    ),
    tells=_("Each applicant is told by e-mail, in their language, that you would like to meet them."),
)
REOPEN = BulkMove(
    flow=FLOW,
    move="reopen",
    things=APPLICATIONS,
    verb=lambda number: ngettext("Open %(num)s application again", "Open %(num)s applications again", number),
    done=lambda number: ngettext(
        "%(num)s application opened again", "%(num)s applications opened again", number
    ),
    tells=_(
        "If you tick it, each applicant is told by e-mail, in their language, that you are looking at their "
        "application again."
    ),
)
REJECT = BulkMove(
    flow=FLOW,
    move="reject",
    things=APPLICATIONS,
    form=moves.RejectManyForm,
    verb=lambda number: ngettext("Reject %(num)s application", "Reject %(num)s applications", number),
    done=lambda number: ngettext("%(num)s application rejected", "%(num)s applications rejected", number),
    tells=_("Each applicant gets an e-mail with the reason, in their language."),
    back=REOPEN,
)
