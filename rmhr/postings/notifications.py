"""What is said to whom about postings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmhr.core.i18n import _
from rmhr.core.outbox import Notice
from rmhr.models.accounts import User
from rmhr.models.postings import Posting


def _hiring_manager(posting: Posting) -> Iterable[User]:
    return [posting.hiring_manager]


def _context(posting: Posting, _recipient: Any) -> dict[str, Any]:
    return {"job": str(posting.title), "where": posting.place}


PUBLISHED = Notice(
    name="postings.published",
    subject=_("Your posting is online: %(job)s, %(where)s"),
    to=_hiring_manager,
    context=_context,
)
