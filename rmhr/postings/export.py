"""Postings as a table for a spreadsheet. No cell of it is ever run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from rmhr.core.i18n import gettext
from rmhr.postings.queries import Counts

#: What makes a spreadsheet take a text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Any) -> str:
    """A value as a cell; a leading quote keeps a spreadsheet from running it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(postings: Iterable[Any], counts: Mapping[int, Counts]) -> bytes:
    """One line per posting and what has come of it; empty cells where the reader may not know that."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            gettext("Title"),
            gettext("Status"),
            gettext("Kind"),
            gettext("Unit"),
            gettext("Place of work"),
            gettext("Positions"),
            gettext("Deadline"),
            gettext("To screen"),
            gettext("In selection"),
            gettext("Hired"),
            gettext("Ended"),
            gettext("Hiring manager"),
            gettext("Recruiter"),
        ]
    )
    for posting in postings:
        count = counts.get(posting.id)
        numbers = [count.new, count.under_way, count.hired, count.ended] if count else [""] * 4
        cells = [
            posting.title,
            posting.status.label,
            posting.rm_type.label,
            posting.unit.name,
            posting.place,
            posting.openings,
            posting.closes_on.isoformat() if posting.closes_on else "",
            *numbers,
            posting.hiring_manager.name,
            posting.recruiter.name,
        ]
        writer.writerow([safe(cell) for cell in cells])
    # Excel reads UTF-8 only with a mark at the front.
    return out.getvalue().encode("utf-8-sig")
