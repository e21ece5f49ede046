"""The one mail of this stage: what is due for you, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmhr.core import clock
from rmhr.core.i18n import gettext, ngettext
from rmhr.core.outbox import Notice, public_url
from rmhr.web.formats import day_text, in_days

if TYPE_CHECKING:
    from rmhr.reminders.engine import Letter


def _words(letter: Letter, _recipient: Any) -> dict[str, Any]:
    """Everything the mail says, as it is on that day and in the language being spoken."""
    with clock.at(clock.moment(letter.on, 12)):
        items = [
            {
                "what": nudge.due.what,
                "why": nudge.due.why,
                "verb": nudge.due.verb,
                "when": _sentence(in_days(nudge.due.on)),
                "day": day_text(nudge.due.on),
                "url": public_url(nudge.due.endpoint, **nudge.due.values),
            }
            for nudge in letter.nudges
        ]
    return {"items": items, "headline": _headline(items)}


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _headline(items: list[dict[str, Any]]) -> str:
    """ "3 days late: Enter your bank details, and 2 more"."""
    first, more = items[0], len(items) - 1
    said = gettext("%(when)s: %(what)s", when=first["when"], what=first["what"])
    return said + (ngettext(", and %(num)s more", ", and %(num)s more", more) if more else "")


REMINDER = Notice(
    name="reminders.reminder",
    subject="%(headline)s",
    to=lambda letter: [letter.owner],
    context=_words,
)
