"""What is said when somebody asks for what they wait for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.mail.outbox import Notice, public_url
from rmhr.core.words import day_text, in_days, sentence
from rmhr.today.queries.awaited import Awaited


def _asked(awaited: Sequence[Awaited], _recipient: Any) -> dict[str, Any]:
    """What the mail says in which somebody asks for what they wait for: one thing, or several of one person."""
    first, more = awaited[0].due, len(awaited) - 1
    return {
        "what": first.what + (ngettext(", and %(num)s more", ", and %(num)s more", more) if more else ""),
        "items": [
            {
                "what": each.due.what,
                "why": each.due.why,
                "when": sentence(in_days(each.due.on)),
                "day": day_text(each.due.on),
            }
            for each in awaited
        ],
        "verb": gettext("Open Today") if more else first.verb,
        "url": public_url("today.index") if more else public_url(first.endpoint, **first.values),
    }


ASK = Notice(
    name="today.ask",
    subject=_("A reminder: %(what)s"),
    to=lambda awaited: [awaited[0].owner],
    context=_asked,
)
