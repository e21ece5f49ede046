"""Requisitions as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from rmhr.core.i18n import gettext
from rmhr.postings.export import safe
from rmhr.postings.queries.requisitions import Progress


def as_csv(requisitions: Iterable[Any], progress: Mapping[int, Progress]) -> bytes:
    """One line per requisition, and how far it is."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            gettext("Kind"),
            gettext("Level"),
            gettext("Unit"),
            gettext("Status"),
            gettext("Positions"),
            gettext("Advertised"),
            gettext("Filled"),
            gettext("Reason"),
            gettext("Budget from"),
            gettext("Budget to"),
            gettext("Currency"),
            gettext("Period"),
            gettext("Needed by"),
            gettext("Asked for by"),
            gettext("Who decides"),
            gettext("Beyond the plan because"),
        ]
    )
    for it in requisitions:
        far = progress[it.id]
        cells = [
            it.rm_type.label,
            it.level.label,
            it.unit.name,
            it.status.label,
            it.positions,
            far.advertised,
            far.filled,
            it.reason.label,
            f"{it.pay_min / 100:.2f}",
            f"{it.pay_max / 100:.2f}",
            it.currency,
            it.pay_period.label,
            it.needed_by.isoformat(),
            it.requester.name,
            it.approver.name,
            it.over_plan,
        ]
        writer.writerow([safe(cell) for cell in cells])
    # Excel reads UTF-8 only with a mark at the front.
    return out.getvalue().encode("utf-8-sig")
