"""What can be done with many rules at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rmhr.core.errors import Stale
from rmhr.core.flow.bulk import BulkOperation, Things
from rmhr.core.flow.seen import is_stale, seen_of
from rmhr.core.i18n import _, gettext, ngettext
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


@dataclass(frozen=True, kw_only=True)
class CheckOfMany(BulkOperation):
    """A check of each rule as it was seen: whoever looked at another wording has not checked this one."""

    def seen(self, thing: Any) -> str:
        """The version that was looked at."""
        return seen_of(thing)

    def perform(self, actor: Any, thing: Any, seen: str, **given: Any) -> str:
        """Record it. Raises Stale for a rule that has changed since, or that somebody else has checked."""
        if is_stale(thing, seen):
            raise Stale(gettext("This has changed since you opened it. Please look again."))
        return super().perform(actor, thing, seen, **given)


CONFIRM = CheckOfMany(
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
