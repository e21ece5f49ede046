"""Applications as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmhr.applications import sources
from rmhr.core import clock
from rmhr.core.i18n import gettext


def head() -> list[str]:
    """The words above the columns."""
    return [
        gettext("Name"),
        gettext("E-mail"),
        gettext("Phone"),
        gettext("Posting"),
        gettext("Unit"),
        gettext("Stage"),
        gettext("Applied"),
        gettext("In this stage since"),
        gettext("Screen by"),
        gettext("Source"),
    ]


def rows(applications: Iterable[Any]) -> list[list[Any]]:
    """One line per application; days are those of the bank's time zone."""
    return [
        [
            it.applicant.name,
            it.applicant.email,
            it.applicant.phone,
            it.posting.title,
            it.posting.unit.name,
            it.status.label,
            clock.local(it.received_at).date(),
            clock.local(it.status_since).date(),
            it.screen_by,
            sources.said(it),
        ]
        for it in applications
    ]
