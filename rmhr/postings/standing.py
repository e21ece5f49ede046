"""Where a posting stands on its way to the public: who did what, what is next, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core import clock
from rmhr.core.history.audit import Entry
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.models.postings import Audience, Posting
from rmhr.models.postings import PostingStatus as S
from rmhr.postings.notifications import approver_of

#: Which stations are behind a posting with this status; the next one is where it is.
REACHED = {
    S.DRAFT: 0,
    S.IN_APPROVAL: 1,
    S.APPROVED: 2,
    S.PUBLISHED: 3,
    S.PAUSED: 3,
    S.CLOSED: 4,
    S.ARCHIVED: 5,
}


@dataclass(frozen=True)
class Standing:
    """The way as stations, and one sentence about what comes next."""

    stations: list[dict[str, Any]]
    next: str


def of(posting: Posting, history: Sequence[Entry]) -> Standing:
    """How this posting stands, with the days on which it moved."""
    notes = (
        gettext("Written by %(name)s", name=posting.recruiter.name),
        _submitted(posting, history),
        _approved(posting, history),
        _open(posting),
        day_text(posting.closed_at) if posting.closed_at else "",
    )
    names = (
        S.DRAFT.label,
        S.IN_APPROVAL.label,
        S.APPROVED.label,
        S.PAUSED.label if posting.status is S.PAUSED else S.PUBLISHED.label,
        S.ARCHIVED.label if posting.status is S.ARCHIVED else S.CLOSED.label,
    )
    here = REACHED[posting.status]
    return Standing(
        [
            {
                "words": words,
                "note": note if number <= here or number == len(notes) - 2 else "",
                "state": "done" if number < here else "now" if number == here else "later",
            }
            for number, (words, note) in enumerate(zip(names, notes, strict=True))
        ],
        _next(posting),
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
    if posting.status in (S.DRAFT, S.IN_APPROVAL, S.APPROVED):
        return gettext("Opens %(day)s", day=day_text(posting.opens_on)) if posting.opens_on else ""
    if posting.published_at is None:
        return ""
    return gettext("Since %(day)s", day=day_text(posting.published_at))


def _next(posting: Posting) -> str:
    match posting.status:
        case S.DRAFT:
            return gettext(
                "Next: %(recruiter)s or %(manager)s completes it and submits it for approval.",
                recruiter=posting.recruiter.name,
                manager=posting.hiring_manager.name,
            )
        case S.IN_APPROVAL if posting.approve_by:
            return gettext(
                "Next: %(name)s reads it by %(day)s and approves it, or sends it back.",
                name=approver_of(posting).name,
                day=day_text(posting.approve_by),
            )
        case S.APPROVED if posting.opens_on and posting.opens_on > clock.today():
            return gettext(
                "Next: it opens by itself on %(day)s. HR can publish it earlier.",
                day=day_text(posting.opens_on),
            )
        case S.APPROVED:
            return gettext("Next: HR publishes it.")
        case S.PUBLISHED if posting.closes_on and posting.audience is Audience.INTERNAL:
            return gettext(
                "Colleagues can apply until %(day)s; it closes by itself after that.",
                day=day_text(posting.closes_on),
            )
        case S.PUBLISHED if posting.closes_on:
            return gettext(
                "Everybody can apply until %(day)s; it closes by itself after that.",
                day=day_text(posting.closes_on),
            )
        case S.PAUSED:
            return gettext("Next: HR resumes it. Until then nobody can apply.")
        case S.CLOSED:
            return gettext("Nobody can apply any more. HR can open it again or archive it.")
        case _:
            return gettext("It rests in the archive.")
