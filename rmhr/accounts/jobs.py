"""What the scheduler does for accounts: it clears away what nobody came back to."""

from __future__ import annotations

from rmhr.accounts import operations
from rmhr.core.due.jobs import job
from rmhr.core.flow import bulk
from rmhr.core.i18n import _
from rmhr.law import retention


@job("accounts.forget_form_drafts", label=_("Delete drafts of forms after 30 days"), minutes=60)
def forget_form_drafts() -> int:
    """Delete what was typed and never saved, a month after the last touch."""
    return operations.form_drafts.forget_form_drafts()


@job("accounts.forget_bulk_runs", label=_("Delete reports of work on many after 30 days"), minutes=60)
def forget_bulk_runs() -> int:
    """Delete what became of work on many things, a month after it was done."""
    return bulk.forget(retention.BULK_RUNS.span)
