"""Postings as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rmhr.core.i18n import gettext
from rmhr.postings.queries.lists import Counts


def head() -> list[str]:
    """The words above the columns."""
    return [
        gettext("Title"),
        gettext("Status"),
        gettext("Kind"),
        gettext("Level"),
        gettext("Unit"),
        gettext("Place of work"),
        gettext("Who reads it"),
        gettext("Positions"),
        gettext("Published"),
        gettext("Days open"),
        gettext("Deadline"),
        gettext("To screen"),
        gettext("In selection"),
        gettext("Hired"),
        gettext("Ended"),
        gettext("Hiring manager"),
        gettext("Recruiter"),
    ]


def rows(postings: Iterable[Any], counts: Mapping[int, Counts]) -> list[list[Any]]:
    """One line per posting and what has come of it; empty cells where the reader may not know that."""
    return [
        [
            posting.title,
            posting.status.label,
            posting.rm_type.label,
            posting.level.label,
            posting.unit.name,
            posting.place,
            posting.audience.label,
            posting.openings,
            posting.published_at,
            posting.days_open,
            posting.closes_on,
            *_numbers(counts.get(posting.id)),
            posting.hiring_manager.name,
            posting.recruiter.name,
        ]
        for posting in postings
    ]


def _numbers(count: Counts | None) -> list[int | None]:
    return [count.new, count.under_way, count.hired, count.ended] if count else [None] * 4
