"""What the picture tool opens of the career site, and of the jobs for colleagues."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.postings import Posting, PostingStatus
from rmhr.postings import queries
from tools.examples import Example, Values, first


def job_for_colleagues(_viewer: Any) -> Values | None:
    """A posting that colleagues can apply to now."""
    found = first(queries.postings.internal_list().order_by(Posting.id))
    return {"slug": found.slug} if found else None


def open_job(_viewer: Any) -> Values | None:
    """A posting that everybody can apply to."""
    query = sa.select(Posting).where(Posting.status == PostingStatus.PUBLISHED)
    found = first(query.order_by(Posting.id))
    return {"slug": found.slug} if found else None


EXAMPLES: dict[str, Example] = {"careers.show": open_job, "jobs.show": job_for_colleagues}
