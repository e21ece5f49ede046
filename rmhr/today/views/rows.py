"""Due things as components/due.html and next.html draw them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for

from rmhr.core import clock
from rmhr.core.due.lists import Key
from rmhr.core.due.sources import Due
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.words import day_text, time_of_day
from rmhr.models.accounts import User
from rmhr.reminders.queries.escalation import NextEscalation
from rmhr.today import queries

#: The words of the days until which something may be put off.
DAYS = {"tomorrow": _("Tomorrow"), "monday": _("Monday"), "week": _("In a week")}


#: What says which part of the list one looks at.
PART = ("later", "after", "before", "from")


def here(**more: str) -> str:
    """Returns the address of this page of Today; `more` are further values of its query."""
    part: dict[str, Any] = {name: value for name, value in request.args.items() if name in PART}
    return url_for("today.index", **{**part, **more})


def own_row(due: Due, escalation: NextEscalation) -> dict[str, Any]:
    """Something that is one's own: where it is done, and what else one may do about it from here."""
    return {
        **_plain(due),
        "verb": due.verb,
        "url": url_for(due.endpoint, **due.values),
        "since": due.since_on if due.since_on and due.since_on < clock.today() else None,
        "otherwise": due.otherwise,
        "then": _told_next(due, escalation),
        "click": _click(due),
        "put_off": _put_off(due),
    }


def _plain(due: Due) -> dict[str, Any]:
    return {"text": due.what, "why": due.why, "on": due.on, "when": _when(due)}


def _when(due: Due) -> str:
    """The time of day at which it takes place, if it does."""
    if due.starts_at is None:
        return ""
    begins = time_of_day(due.starts_at)
    if due.ends_at is None:
        return begins
    return gettext("%(begins)s to %(ends)s", begins=begins, ends=time_of_day(due.ends_at))


def _told_next(due: Due, escalation: NextEscalation) -> str:
    found = escalation.of(due)
    if found is None:
        return ""
    day, who = found
    return gettext("On %(day)s %(who)s will be told.", day=day_text(day), who=who)


def _click(due: Due) -> dict[str, Any] | None:
    """The button that does it, where a click is enough; one comes back to Today, which offers to take it back."""
    if not due.source.click:
        return None
    return {
        "url": url_for(due.source.click, **due.click_values),
        "verb": gettext(due.source.click_verb),
        "next": here(**({"done": str(Key.of(due))} if due.source.undo else {})),
    }


def _put_off(due: Due) -> dict[str, Any] | None:
    days = queries.put_off.days_to_choose(due.source) if due.source.snooze else {}
    if not days:
        return None
    return {
        "url": url_for("today.put_off", thing=str(Key.of(due))),
        "next": here(),
        "days": [(DAYS[name], day) for name, day in days.items()],
    }


def undo(key: Key | None, person: User) -> dict[str, Any] | None:
    """The way back for what was just done with one click."""
    if key is None or key.owner_id != person.id:
        return None
    source = queries.put_off.source_of(key)
    if not source.undo:
        return None
    return {
        "url": url_for(source.click, id=key.subject_id, name=source.undo),
        "next": here(),
    }


def asleep_row(due: Due, until: date) -> dict[str, Any]:
    """Something put off: when it is back, and the way to have it back at once."""
    return {
        **_plain(due),
        "why": gettext("Due %(day)s", day=day_text(due.on)),
        "url": url_for(due.endpoint, **due.values),
        "when": gettext("Back on %(day)s", day=day_text(until)),
        "on": None,
        "click": {
            "url": url_for("today.take_back", thing=str(Key.of(due))),
            "verb": gettext("Bring back"),
            "next": here(),
        },
    }


def awaited_row(awaited: queries.awaited.Awaited) -> dict[str, Any]:
    """Something that a colleague owes: no page of it is promised, but a reminder is, now and then."""
    due = awaited.due
    said = [awaited.owner.name]
    if awaited.asked_on is not None:
        said.append(
            ngettext(
                "reminded on %(day)s",
                "reminded %(num)s times, last on %(day)s",
                len(awaited.asked),
                day=day_text(awaited.asked_on),
            )
        )
    ask = {
        "url": url_for("today.ask", thing=str(Key.of(due))),
        "verb": gettext("Remind"),
        "next": here(),
    }
    return {
        **_plain(due),
        "text": due.awaited,
        "why": ", ".join(said),
        "url": None,
        "click": None if awaited.blocked else ask,
    }


def deputy_row(due: Due, person: User, deputy: User) -> dict[str, Any]:
    """Something of somebody who is away. Who has the same role may do it; otherwise only they can."""
    shared = due.source.shared is not None and deputy.has(due.source.shared)
    if due.source.personal:
        shared = False
    why = due.why if shared else gettext("Only %(person)s can do this", person=person.name)
    url = url_for(due.endpoint, **due.values) if shared else None
    return {**_plain(due), "why": why, "url": url, "verb": due.verb if shared else None}


def colleague_row(late: queries.team.LateColleague) -> dict[str, Any]:
    """Somebody of the team who is late, and with what: theirs to do, so the way leads to their page."""
    named = [due.what for due in late.named]
    more = late.count - len(named)
    if more > 0:
        named.append(ngettext("%(num)s more", "%(num)s more", more))
    return {
        "text": late.person.name,
        "why": "; ".join(named),
        "on": late.oldest,
        "verb": gettext("Show"),
        "url": url_for("accounts.person", id=late.person.id),
    }


def unit_line(late: queries.team.LateUnit) -> str:
    """How much is late in a unit, in one line."""
    name = late.unit.name
    if not late.things:
        return gettext("%(unit)s: nothing is late", unit=name)
    if late.capped:
        return gettext("%(unit)s: more than %(num)s things are late", unit=name, num=late.things - 1)
    people = ngettext("%(num)s person", "%(num)s people", late.people)
    return ngettext(
        "%(unit)s: one thing is late, with %(people)s",
        "%(unit)s: %(num)s things are late, with %(people)s",
        late.things,
        unit=name,
        people=people,
    )
