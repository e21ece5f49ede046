"""The text of a CV as it is laid out, with the passages that may speak to criteria; and which CVs are not read yet.

What it says of private life is hidden in all of them (`rmhr/law/masking.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from rmhr.core.db import db
from rmhr.law.masking import masked, masked_lines
from rmhr.models.applications import Application, CvReading
from rmhr.models.criteria import Criterion, PostingVersion
from rmhr.models.documents import Document


@dataclass(frozen=True)
class Piece:
    """Some words of a line, and the number of the criterion that they may speak to."""

    words: str
    number: int | None = None


@dataclass(frozen=True)
class Block:
    """Lines that belong together: a "heading", the items of a "list" without their bullets, or a paragraph ("text")."""

    kind: str
    lines: list[list[Piece]]


def missing(most: int) -> Sequence[Application]:
    """Applications with a text that nobody has read yet, the latest first, with the criteria of their posting."""
    query = (
        sa.select(Application)
        .join(Application.cv)
        .outerjoin(Application.reading)
        .where(CvReading.id.is_(None), Document.text != "")
        .order_by(Application.id.desc())
        .limit(most)
        .options(
            joinedload(Application.cv),
            selectinload(Application.posting_version).selectinload(PostingVersion.criteria),
        )
    )
    return db.session.scalars(query).unique().all()


def passages(application: Application, criteria: list[Criterion]) -> dict[int, str]:
    """The words of the CV that may show a criterion, by its place in this row from 1."""
    text = application.cv.text
    return {number: masked(text[start:end]) for number, start, end in _places(application, criteria)}


def _places(application: Application, criteria: list[Criterion]) -> Iterator[tuple[int, int, int]]:
    numbers = {each.id: number for number, each in enumerate(criteria, 1)}
    for each in application.reading.passages if application.reading else ():
        with suppress(KeyError):
            yield numbers[each["criterion"]], each["start"], each["end"]


def hides(application: Application) -> bool:
    """Whether something of the text is hidden."""
    return bool(masked_lines(application.cv.text))


def blocks(application: Application, criteria: list[Criterion] | None = None) -> list[Block]:
    """The text of the CV as it is laid out, with the passages for these criteria marked."""
    text = application.cv.text
    marks = sorted((start, end, number) for number, start, end in _places(application, criteria or []))
    outline = application.reading.outline if application.reading else []
    if not outline:
        return [Block("text", [[Piece(masked(part))]]) for part in text.split("\n\n") if part.strip()]
    hidden = masked_lines(text)

    def pieces(start: int, end: int) -> list[Piece]:
        """The line between these places; as one piece where something of it is hidden."""
        behind = bisect_right(hidden, (start, len(text)))
        beside = hidden[max(0, behind - 1) : behind + 1]
        if any(begin < end and stop > start for begin, stop in beside):
            return [Piece(masked(text[start:end]))]
        return _pieces(text, start, end, marks)

    return [Block(kind, [pieces(start, end) for start, end in places]) for kind, places in outline]


def _pieces(text: str, start: int, end: int, marks: list[tuple[int, int, int]]) -> list[Piece]:
    """The line between these places, parted where a passage begins and ends."""
    pieces = []
    for mark_start, mark_end, number in marks:
        if mark_start < end and mark_end > start:
            begin, stop = max(start, mark_start), min(end, mark_end)
            if begin > start:
                pieces.append(Piece(text[start:begin]))
            pieces.append(Piece(text[begin:stop], number))
            start = stop
    if start < end:
        pieces.append(Piece(text[start:end]))
    return pieces
