"""What the scheduler does for the product itself: mail, calls of webhooks, sealing the history, tidying up."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from rmhr.core import clock
from rmhr.core.db import deleted, take_statistics
from rmhr.core.due.jobs import STOPPING, job, working_hours
from rmhr.core.history import seal
from rmhr.core.i18n import _
from rmhr.core.mail import outbox
from rmhr.law import retention
from rmhr.models.applications import PublicAttempt
from rmhr.models.system import DeliveryStatus, JobRun, WebhookDelivery
from rmhr.system import operations, webhooks


def _sends_mail(_moment: datetime) -> bool:
    """Without a mail server there is nothing to deliver: mail is kept and shown to administrators."""
    return bool(current_app.config["SMTP_URL"])


@job("mail.deliver", seconds=10, label=_("Send waiting mail"), when=_sends_mail)
def deliver_mail() -> int:
    """Send the mail that waits, and what failed lately once more."""
    return outbox.deliver(go_on=lambda: not STOPPING.is_set())


@job("webhooks.deliver", seconds=10, label=_("Make waiting calls of webhooks"))
def deliver_webhooks() -> int:
    """Make the calls that wait, and what failed lately once more."""
    return webhooks.deliver(go_on=lambda: not STOPPING.is_set())


@job("audit.seal", minutes=1, label=_("Seal the history"))
def seal_history() -> int:
    """Add to the hash chain what was recorded since the last time."""
    return seal.seal()


@job("audit.prove", minutes=60, label=_("Prove the history and tell compliance"), when=working_hours)
def prove_history() -> int:
    """Check every entry once a working day; say how many people were told of it."""
    return operations.history.prove()


@job("scheduler.tidy", minutes=360, label=_("Tidy up old runs and calls"))
def forget_old_runs() -> int:
    """Forget runs of jobs and calls of webhooks that are older than a month, and sent forms that nothing counts."""
    before = clock.now() - retention.RUNS_AND_CALLS.span
    ended = WebhookDelivery.state != DeliveryStatus.WAITING
    old = (
        sa.delete(PublicAttempt).where(PublicAttempt.at < clock.now() - retention.SENT_FORMS.span),
        sa.delete(JobRun).where(JobRun.started_at < before),
        sa.delete(WebhookDelivery).where(WebhookDelivery.created_at < before, ended),
    )
    gone = sum(map(deleted, old))
    take_statistics()
    return gone
