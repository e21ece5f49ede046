"""What each status of a posting means: one row of FACTS each; and its way to the public, as its page shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core import clock
from rmhr.core.history.audit import Entry
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.models.postings import Audience, Posting, PostingGroup
from rmhr.models.postings import PostingStatus as S
from rmhr.postings.notifications import approver_of


@dataclass(frozen=True)
class Path:
    """The stations of a posting's way, as components/path.html draws them, and a sentence about what comes next."""

    stations: list[dict[str, Any]]
    next: str


def path(posting: Posting, history: Sequence[Entry]) -> Path:
    """Returns the way of this posting; `history` are its entries, the newest first, for the days on which it moved."""
    notes = (
        gettext("Written by %(name)s", name=posting.recruiter.name),
        _submitted(posting, history),
        _approved(posting, history),
        _open(posting),
        day_text(posting.closed_at) if posting.closed_at else "",
    )
    facts = FACTS[posting.status]
    here = STATIONS.index(facts.station)
    names = [status.label for status in STATIONS]
    names[here] = posting.status.label
    here += facts.over
    return Path(
        [
            {
                "words": words,
                "note": note if number <= here or number == len(notes) - 2 else "",
                "state": "done" if number < here else "now" if number == here else "later",
            }
            for number, (words, note) in enumerate(zip(names, notes, strict=True))
        ],
        facts.next(posting),
    )


def _last(history: Sequence[Entry], action: str) -> Entry | None:
    return next((entry for entry in history if entry.action == f"postings.{action}"), None)


def _submitted(posting: Posting, history: Sequence[Entry]) -> str:
    if posting.submitted_by is None:
        return ""
    name, entry = posting.submitted_by.name, _last(history, "submit")
    if entry is None:
        return gettext("Submitted by %(name)s", name=name)
    return gettext("Submitted by %(name)s, %(day)s", name=name, day=day_text(entry.at))


def _approved(posting: Posting, history: Sequence[Entry]) -> str:
    if posting.approved_by is None:
        return ""
    name, entry = posting.approved_by.name, _last(history, "approve")
    if entry is None:
        return gettext("Approved by %(name)s", name=name)
    return gettext("Approved by %(name)s, %(day)s", name=name, day=day_text(entry.at))


def _open(posting: Posting) -> str:
    if posting.status.group is PostingGroup.UNREAD:
        return gettext("Opens %(day)s", day=day_text(posting.opens_on)) if posting.opens_on else ""
    if posting.published_at is None:
        return ""
    return gettext("Since %(day)s", day=day_text(posting.published_at))


def _to_submit(posting: Posting) -> str:
    return gettext(
        "Next: %(recruiter)s or %(manager)s completes it and submits it for approval.",
        recruiter=posting.recruiter.name,
        manager=posting.hiring_manager.name,
    )


def _to_approve(posting: Posting) -> str:
    name = approver_of(posting).name
    if posting.approve_by is None:
        return gettext("Next: %(name)s approves it, or sends it back.", name=name)
    return gettext(
        "Next: %(name)s reads it by %(day)s and approves it, or sends it back.",
        name=name,
        day=day_text(posting.approve_by),
    )


def _to_publish(posting: Posting) -> str:
    if posting.opens_on and posting.opens_on > clock.today():
        return gettext(
            "Next: it opens by itself on %(day)s. HR can publish it earlier.", day=day_text(posting.opens_on)
        )
    return gettext("Next: HR publishes it.")


def _to_close(posting: Posting) -> str:
    if posting.closes_on is None:
        return gettext("It is open until HR closes it.")
    day = day_text(posting.closes_on)
    if posting.audience is Audience.INTERNAL:
        return gettext("Colleagues can apply until %(day)s; it closes by itself after that.", day=day)
    return gettext("Everybody can apply until %(day)s; it closes by itself after that.", day=day)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What one status means on the way of a posting."""

    station: S  # at which station it stands
    next: Callable[[Posting], str]  # what comes next, as a sentence
    over: bool = False  # that station is behind it, too


#: The stations of the way, each named after the status that is usual there.
STATIONS = (S.DRAFT, S.IN_APPROVAL, S.APPROVED, S.PUBLISHED, S.CLOSED)
FACTS: dict[S, Facts] = {
    S.DRAFT: Facts(station=S.DRAFT, next=_to_submit),
    S.IN_APPROVAL: Facts(station=S.IN_APPROVAL, next=_to_approve),
    S.APPROVED: Facts(station=S.APPROVED, next=_to_publish),
    S.PUBLISHED: Facts(station=S.PUBLISHED, next=_to_close),
    S.PAUSED: Facts(
        station=S.PUBLISHED, next=lambda _it: gettext("Next: HR resumes it. Until then nobody can apply.")
    ),
    S.CLOSED: Facts(
        station=S.CLOSED,
        next=lambda _it: gettext("Nobody can apply any more. HR can open it again or archive it."),
    ),
    S.ARCHIVED: Facts(station=S.CLOSED, next=lambda _it: gettext("It is in the archive."), over=True),
}
