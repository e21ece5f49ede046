"""Invitations that calendars understand: iTIP (RFC 5546). The outbox puts them into a mail (iMIP, RFC 6047).

Single meetings are written in UTC: what calendars make of time zones in a file differs, what they make of
UTC does not. A change has the same `uid` and a higher `sequence`; so has the cancellation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from rmhr.core import clock
from rmhr.core.patterns import Pattern

PRODUCT = "-//rmhr//rmhr//EN"
#: (name, e-mail address)
Party = tuple[str, str]
_ADDRESS = Pattern(r"[^\s<>\"',;:@\x00-\x1f\x7f]+@[^\s<>\"',;:@\x00-\x1f\x7f]+")
_URL = Pattern(r"https?://[^\s\x00-\x1f\x7f]+")


def request(
    *,
    uid: str,
    sequence: int,
    starts_at: datetime,
    ends_at: datetime,
    summary: str,
    description: str,
    location: str,
    organizer: Party,
    attendees: Iterable[Party],
    url: str = "",
) -> str:
    """A calendar file that invites, or tells of a change: `sequence` is 0 at first and grows with each.

    Raises ValueError for a moment without a time zone, an end that is not after the start, or an address
    that is none.
    """
    event = _event(uid, sequence, starts_at, ends_at, summary, organizer)
    event.add("status", "CONFIRMED")
    event.add("description", _text(description))
    event.add("location", _text(location))
    if url:
        event.add("url", vUri(_uri(url)))
    for name, address in attendees:
        attendee = _address(name, address)
        attendee.params["CUTYPE"] = vText("INDIVIDUAL")
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        attendee.params["RSVP"] = vText("TRUE")
        event.add("attendee", attendee, encode=False)
    return _calendar("REQUEST", event)


def cancel(
    *,
    uid: str,
    sequence: int,
    starts_at: datetime,
    ends_at: datetime,
    summary: str,
    organizer: Party,
    attendees: Iterable[Party],
) -> str:
    """A calendar file that takes an invitation back. `sequence` is higher than that of the last `request`.

    Raises ValueError as `request` does.
    """
    event = _event(uid, sequence, starts_at, ends_at, summary, organizer)
    event.add("status", "CANCELLED")
    for name, address in attendees:
        event.add("attendee", _address(name, address), encode=False)
    return _calendar("CANCEL", event)


def _event(
    uid: str, sequence: int, starts_at: datetime, ends_at: datetime, summary: str, organizer: Party
) -> Event:
    starts_at, ends_at = _utc(starts_at), _utc(ends_at)
    if ends_at <= starts_at:
        raise ValueError("a meeting ends after it has begun")
    event = Event()
    event.add("uid", _line(uid))
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now().replace(microsecond=0))
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", _line(summary))
    event.add("organizer", _address(*organizer), encode=False)
    event.add("transp", "OPAQUE")
    return event


def _calendar(method: str, event: Event) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be put into a calendar")
    return moment.astimezone(UTC).replace(microsecond=0)


def _address(name: str, address: str) -> vCalAddress:
    """A person. A double quote in a name becomes a single one: Outlook shows its escape as it is."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is not an e-mail address")
    party = vCalAddress(f"mailto:{address}")
    party.params["CN"] = vText(_line(name).replace('"', "'") or address)
    return party


def _uri(url: str) -> str:
    if not _URL.fullmatch(url):
        raise ValueError(f"{url!r} is not an address on the web")
    return url


def _line(text: str) -> str:
    """One line without control characters: whatever comes after a line end would be a property of its own."""
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Without control characters other than the ends of lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).replace(
        "\t", " "
    )
