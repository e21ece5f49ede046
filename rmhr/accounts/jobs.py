"""What the scheduler does for accounts: what was planned comes into force, what nobody came back to goes."""

from __future__ import annotations

from rmhr.accounts import operations
from rmhr.core.due.jobs import job
from rmhr.core.flow import bulk
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.law import retention


@job("accounts.forget_form_drafts", label=_("Delete drafts of forms after 30 days"), minutes=60)
def forget_form_drafts() -> int:
    """Delete what was typed and never saved, a month after the last touch."""
    return operations.form_drafts.forget_form_drafts()


@job("accounts.forget_bulk_runs", label=_("Delete reports of bulk actions after 30 days"), minutes=60)
def forget_bulk_runs() -> int:
    """Delete what became of work on many things, a month after it was done."""
    return bulk.forget(retention.BULK_RUNS.span)


@job("accounts.forget_sign_ins", label=_("Delete sessions that nobody has used for 30 days"), minutes=60)
def forget_sign_ins() -> int:
    """Delete where somebody was signed in, a month after the last time."""
    return operations.access.forget_sessions()


@job("accounts.employment", label=_("Put changes of employment into force on their day"), minutes=15)
def employment() -> int:
    """What begins to hold today, or should have before; how many events there were."""
    return operations.employment.take_effect(SYSTEM)


@job("accounts.settle", label=_("Check who has taken over from those who left"), minutes=15)
def settle() -> int:
    """Settle what nothing is left of; how many leavings there were."""
    return operations.employment.settle_all(SYSTEM)
