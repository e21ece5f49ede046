"""Requisitions as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rmhr.core.i18n import gettext
from rmhr.requisitions.queries.requisitions import Progress


def head() -> list[str]:
    """The words above the columns."""
    return [
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


def rows(requisitions: Iterable[Any], progress: Mapping[int, Progress]) -> list[list[Any]]:
    """One line per requisition, and how far it is."""
    return [
        [
            it.rm_type.label,
            it.level.label,
            it.unit.name,
            it.status.label,
            it.positions,
            progress[it.id].advertised,
            progress[it.id].filled,
            it.reason.label,
            it.pay_min / 100,
            it.pay_max / 100,
            it.currency,
            it.pay_period.label,
            it.needed_by,
            it.requester.name,
            it.approver.name,
            it.over_plan,
        ]
        for it in requisitions
    ]
