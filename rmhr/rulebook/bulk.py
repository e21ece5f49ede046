"""What can be done with many rules at once."""

from __future__ import annotations

from rmhr.core.flow.bulk import BulkOperation, Things
from rmhr.core.i18n import _, ngettext
from rmhr.models.rulebook import RegisteredRule
from rmhr.rulebook import operations, policies, queries
from rmhr.rulebook.forms import ConfirmForm

RULES = Things(
    model=RegisteredRule,
    load=queries.these,
    called=lambda it: it.what,
    count=lambda number: ngettext("%(num)s rule", "%(num)s rules", number),
    index="rulebook.index",
    show="rulebook.show",
    page="rulebook.bulk",
)
CONFIRM = BulkOperation(
    name="rulebook.confirm",
    things=RULES,
    operation=operations.confirm,
    why_not=operations.why_not,
    allow=policies.NAME_OWNER,
    form=ConfirmForm,
    label=_("Still hold…"),
    verb=lambda number: ngettext(
        "Record that %(num)s rule still holds", "Record that %(num)s rules still hold", number
    ),
    done=lambda number: ngettext(
        "Recorded that %(num)s rule still holds", "Recorded that %(num)s rules still hold", number
    ),
    about=_("Each of them gets a check of today, and is looked at again in a year, good practice in two."),
)
