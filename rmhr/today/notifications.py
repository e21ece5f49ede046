"""What is said when somebody asks for what they wait for."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice, public_url
from rmhr.core.words import day_text, in_days, sentence
from rmhr.today.queries.awaited import Awaited


def _asked(awaited: Awaited, _recipient: Any) -> dict[str, Any]:
    """What the mail says in which somebody asks for what they wait for."""
    due = awaited.due
    return {
        "what": due.what,
        "why": due.why,
        "verb": due.verb,
        "when": sentence(in_days(due.on)),
        "day": day_text(due.on),
        "url": public_url(due.endpoint, **due.values),
    }


ASK = Notice(
    name="today.ask",
    subject=_("A reminder: %(what)s"),
    to=lambda awaited: [awaited.owner],
    context=_asked,
)
