"""What each status of a requisition means: whose turn it is, as a sentence, and the stations of its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.models.requisitions import Requisition, RequisitionGroup
from rmhr.models.requisitions import RequisitionStatus as S
from rmhr.requisitions.queries.requisitions import Progress


def next_of(requisition: Requisition, progress: Progress) -> str:
    """What comes next and whose turn it is, as a short sentence."""
    return NEXT[requisition.status](requisition, progress)


def _of_pending(requisition: Requisition, _progress: Progress) -> str:
    return gettext(
        "%(name)s decides by %(day)s", name=requisition.approver.name, day=day_text(requisition.decide_by)
    )


def _of_approved(requisition: Requisition, progress: Progress) -> str:
    if progress.advertised:
        return gettext(
            "%(filled)s of %(positions)s filled, %(open)s advertised",
            filled=progress.filled,
            positions=requisition.positions,
            open=progress.advertised,
        )
    if progress.prepared:
        return gettext("The posting is being written")
    if progress.filled:
        return gettext(
            "%(filled)s of %(positions)s filled; HR advertises the rest",
            filled=progress.filled,
            positions=requisition.positions,
        )
    return gettext("HR begins the posting")


#: What comes next in each status.
NEXT: dict[S, Callable[[Requisition, Progress], str]] = {
    S.PENDING: _of_pending,
    S.APPROVED: _of_approved,
    S.ON_HOLD: lambda _it, _progress: gettext("HR resumes or withdraws it"),
    S.REJECTED: lambda it, _progress: gettext("%(name)s can change it and ask again", name=it.requester.name),
    S.CANCELLED: lambda _it, _progress: gettext("Nothing follows: it was withdrawn"),
    S.FILLED: lambda _it, _progress: gettext("All positions are filled"),
}


def stations(requisition: Requisition, progress: Progress) -> list[dict[str, Any]]:
    """The way from the request to the last hire, for components/path.html; none for what was withdrawn."""
    if requisition.status is S.CANCELLED:
        return []
    done = [True, requisition.status.group is RequisitionGroup.GRANTED, False, requisition.status is S.FILLED]
    done[2] = done[3] or progress.advertised + progress.filled >= requisition.positions
    now = done.index(False) if False in done else None
    words = [gettext("Asked for"), gettext("Approval"), gettext("Advertised"), gettext("Filled")]
    notes = [
        f"{requisition.requester.name}, {day_text(requisition.created_at)}",
        _decision(requisition),
        _share(progress.advertised + progress.filled, requisition),
        _share(progress.filled, requisition),
    ]
    return [
        {"words": word, "note": note, "state": "done" if is_done else "now" if number == now else "later"}
        for number, (word, note, is_done) in enumerate(zip(words, notes, done, strict=True))
    ]


def _decision(requisition: Requisition) -> str:
    if requisition.status is S.PENDING:
        return gettext(
            "%(name)s, by %(day)s", name=requisition.approver.name, day=day_text(requisition.decide_by)
        )
    if requisition.status is S.REJECTED:
        return str(requisition.status.label)
    by, at = requisition.decided_by, requisition.decided_at
    return f"{by.name}, {day_text(at)}" if by and at else ""


def _share(number: int, requisition: Requisition) -> str:
    return gettext("%(value)s of %(max)s", value=number, max=requisition.positions)
