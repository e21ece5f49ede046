"""The mail of the engine: what is due, the most urgent first, each with why, why now, what next, who else."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.outbox import Notice, public_url
from rmhr.models.system import Party
from rmhr.reminders.letters import Letter, Nudge, party_words
from rmhr.reminders.queries.others import Awaited
from rmhr.web.formats import day_text, in_days


def _words(letter: Letter, _recipient: Any) -> dict[str, Any]:
    """Everything the mail says, as it is on that day and in the language being spoken."""
    with clock.at(clock.moment(letter.on, 12)):
        items = [_item(letter, nudge) for nudge in letter.nudges]
    return {
        "items": items,
        "headline": _headline(items),
        "own": [item for item in items if item["own"]],
        "theirs": [item for item in items if not item["own"]],
        "preferences_url": public_url("accounts.profile"),
    }


def _item(letter: Letter, nudge: Nudge) -> dict[str, Any]:
    due, others = nudge.due, letter.others(nudge)
    return {
        "own": nudge.own,
        "what": due.what
        if nudge.own
        else gettext("%(person)s: %(what)s", person=nudge.owner.name, what=due.what),
        "why": due.why if nudge.own else nudge.because,
        "verb": due.verb if nudge.own else gettext("View"),
        "when": _sentence(in_days(due.on)),
        "day": day_text(due.on),
        "url": _url(nudge),
        "now": nudge.now,
        "next": _next(nudge),
        "others": gettext("Also told: %(names)s.", names=", ".join(others)) if others else "",
    }


def _url(nudge: Nudge) -> str:
    """Where the recipient can do something about it: the thing itself, or the person whose thing it is."""
    source = nudge.due.source
    may = nudge.own or (source.shared is not None and nudge.recipient.has(source.shared))
    if may:
        return public_url(nudge.due.endpoint, **nudge.due.values)
    if nudge.party in (Party.SUPERVISOR, Party.HR, Party.COMPLIANCE) and nudge.meant is nudge.recipient:
        return public_url("accounts.person", id=nudge.owner.id)
    return public_url("reminders.today")


def _next(nudge: Nudge) -> str:
    """What happens if it stays undone."""
    said = []
    if nudge.own and nudge.due.otherwise:
        said.append(gettext("%(what)s.", what=nudge.due.otherwise))
    day = nudge.next_day
    told = (Party.OWNER, nudge.party)
    others = [party for party in nudge.next.to if party not in told] if nudge.next else []
    if others and day is not None and day > nudge.day:
        who = party_words(others, nudge.own)
        said.append(
            gettext("If it is still open on %(day)s, %(who)s will be told.", day=day_text(day), who=who)
        )
    return " ".join(said)


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
    to=lambda letter: [letter.reader],
    context=_words,
)


def _asked(awaited: Awaited, _recipient: Any) -> dict[str, Any]:
    """What the mail says in which somebody asks for what they wait for."""
    due = awaited.due
    return {
        "what": due.what,
        "why": due.why,
        "verb": due.verb,
        "when": _sentence(in_days(due.on)),
        "day": day_text(due.on),
        "url": public_url(due.endpoint, **due.values),
    }


ASK = Notice(
    name="reminders.ask",
    subject=_("A reminder: %(what)s"),
    to=lambda awaited: [awaited.owner],
    context=_asked,
)
