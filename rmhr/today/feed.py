"""A person's calendar as a file (RFC 5545): what they owe as whole days, what takes place at a time in UTC.

An event keeps its UID when its date moves, so that it moves in the calendar, too. Nothing in the file depends on the
moment at which it is asked for, only on the day: what has not changed is answered with 304.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event, vUri

from rmhr.core import bank, clock
from rmhr.core.due.sources import Due
from rmhr.core.i18n import gettext, speaking
from rmhr.core.mail.invitation import PRODUCT
from rmhr.core.mail.outbox import public_url
from rmhr.models.accounts import User

#: How often a calendar should ask.
REFRESH = timedelta(hours=1)
#: So long before a meeting a calendar rings.
BEFORE = timedelta(minutes=15)


def calendar(
    user: User,
    dates: Iterable[tuple[Due, date]],
    hour: int,
    others: Sequence[tuple[Due, User]] = (),
    *,
    domain: str,
) -> bytes:
    """The calendar of this person in their language; alarms of whole days ring at that hour of the morning.

    `others`: what people who are away owe, and this person sees to. `domain`: behind which its UIDs stand, see
    `queries.feed.domain`.
    """
    with speaking(user.language):
        made = Calendar()
        made.add("prodid", PRODUCT)
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        made.add("method", "PUBLISH")
        name = gettext("%(bank)s: what is due", bank=bank.name())
        made.add("x-wr-calname", name)
        made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT1H")
        names = {due.key: person.name for due, person in others}
        for uid, due, on in _named([*dates, *((due, due.on) for due, _person in others)], domain):
            made.add_component(_event(uid, due, on, hour, names.get(due.key, "")))
        return bytes(made.to_ical())


def _named(dates: Iterable[tuple[Due, date]], domain: str) -> Iterator[tuple[str, Due, date]]:
    """Each with a UID that stays: the thing and its owner; with its date where there are two of the same thing."""
    taken: set[str] = set()
    for due, on in dates:
        uid = f"{due.source.name}-{due.subject_id}-{due.owner_id}"
        if uid in taken:
            uid = f"{uid}-{due.on.isoformat()}"
        taken.add(uid)
        yield f"{uid}@{domain}", due, on


def _event(uid: str, due: Due, on: date, hour: int, person: str = "") -> Event:
    """`person`: whose it is, where it is somebody else's. What one can do about that stands on Today."""
    url = public_url("today.index") if person else public_url(due.endpoint, **due.values)
    what = _plain(gettext("%(person)s: %(what)s", person=person, what=due.what) if person else due.what)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", clock.moment(clock.today()))
    # What was put off is late by its first date; in the calendar it stands on the new one.
    summary = gettext("Late: %(what)s", what=what) if on < clock.today() else what
    event.add("summary", summary)
    event.add("description", f"{_plain(due.why)}\n{url}")
    event.add("url", vUri(url))
    if due.starts_at is not None and due.ends_at is not None and due.ends_at > due.starts_at:
        event.add("dtstart", due.starts_at.replace(microsecond=0))
        event.add("dtend", due.ends_at.replace(microsecond=0))
        event.add("transp", "OPAQUE")
        event.add_component(_alarm(summary, -BEFORE))
    else:
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add_component(_alarm(summary, timedelta(hours=hour)))
    return event


def _alarm(words: str, after: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", after)
    return alarm


def _plain(text: str) -> str:
    """One line without control characters: whatever comes after a line end would be a property of its own."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text).split())
