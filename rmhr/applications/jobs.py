"""What the scheduler does for applications: it reads CVs, deletes what was promised and what nobody needs."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.applications import erasing, readings
from rmhr.core import clock
from rmhr.core.db import deleted
from rmhr.core.due.jobs import job
from rmhr.core.files import store
from rmhr.core.i18n import _
from rmhr.law import retention
from rmhr.models.applications import PrivateLink


@job("applications.erase", label=_("Delete applications on the promised day"), minutes=60)
def erase() -> int:
    """Applications that ended so long ago that what is known of the person is deleted, and reminders of that time."""
    return erasing.erase_due() + erasing.forget_letters()


@job("applications.read", label=_("Read CVs that have not been read yet"), minutes=1)
def read() -> int:
    """CVs that could not be read when they came in, or came before they were; so many at a time."""
    return readings.make_missing()


@job("applications.sweep", label=_("Tidy up unfinished application forms"), minutes=60)
def sweep() -> int:
    """Delete files that no row knows (left in unfinished forms, deleted) and links long expired; returns how many."""
    expired = sa.delete(PrivateLink).where(
        PrivateLink.expires_at < clock.now() - retention.PRIVATE_LINKS.span
    )
    return deleted(expired) + store.sweep()
