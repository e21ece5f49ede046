"""What applicants applied to: the versions of a posting, and how many chose to apply to each."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.applications import Application
from rmhr.models.criteria import PostingVersion
from rmhr.models.postings import Posting


def applied_to(version: PostingVersion) -> int:
    """How many have applied to this version: from the first one on it stands."""
    query = sa.select(sa.func.count(Application.id)).where(Application.posting_version_id == version.id)
    return db.session.scalar(query) or 0


def applied_to_each(posting: Posting) -> dict[int, int]:
    """How many have applied to each version, by its id. One query."""
    rows = db.session.execute(
        sa.select(Application.posting_version_id, sa.func.count(Application.id))
        .where(Application.posting_id == posting.id)
        .group_by(Application.posting_version_id)
    )
    found = {id: int(number) for id, number in rows}
    return {version.id: found.get(version.id, 0) for version in posting.versions}
