"""What applicants applied to: the versions of a posting, and how many chose to apply to each."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts.queries import confidential
from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.criteria import PostingVersion
from rmhr.models.postings import Posting


def applied_to(version: PostingVersion) -> int:
    """How many have applied to this version: from the first one on it stands."""
    query = sa.select(sa.func.count(Application.id)).where(Application.posting_version_id == version.id)
    return db.session.scalar(query) or 0


def applied_as_known_to(viewer: User, version: PostingVersion) -> int:
    """The same as far as the viewer may know of them: the number that is shown."""
    query = sa.select(sa.func.count(Application.id)).where(
        Application.posting_version_id == version.id, *_counted(viewer)
    )
    return db.session.scalar(query) or 0


def _counted(viewer: User) -> tuple[sa.ColumnElement[bool], ...]:
    return confidential.known_to(viewer), Application.status != ApplicationStatus.REPLACED


def applied_to_each(viewer: User, posting: Posting) -> dict[int, int]:
    """How many have applied to each version, by its id, as far as the viewer may know of them. One query."""
    rows = db.session.execute(
        sa.select(Application.posting_version_id, sa.func.count(Application.id))
        .where(Application.posting_id == posting.id, *_counted(viewer))
        .group_by(Application.posting_version_id)
    )
    found = {id: int(number) for id, number in rows}
    return {version.id: found.get(version.id, 0) for version in posting.versions}
