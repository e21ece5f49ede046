"""What the scheduler does for applications: it clears away what nobody needs any more."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import deleted
from rmhr.core.due.jobs import job
from rmhr.core.files import store
from rmhr.core.i18n import _
from rmhr.law import retention
from rmhr.models.applications import PrivateLink


@job("applications.sweep", label=_("Clear away what applicants left unfinished"), minutes=60)
def sweep() -> int:
    """Delete files that no row knows (left in unfinished forms) and links long expired; returns how many."""
    expired = sa.delete(PrivateLink).where(
        PrivateLink.expires_at < clock.now() - retention.PRIVATE_LINKS.span
    )
    return deleted(expired) + store.sweep()
