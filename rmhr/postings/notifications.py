"""What is said to whom about requisitions and postings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice
from rmhr.models.accounts import User
from rmhr.models.postings import Posting


def approver_of(posting: Posting) -> User:
    """Who is asked to approve a posting: its hiring manager, or where they submitted it, its recruiter."""
    own = posting.submitted_by_id == posting.hiring_manager_id
    return posting.recruiter if own else posting.hiring_manager


def _other_side(posting: Posting) -> Iterable[User]:
    return [approver_of(posting)]


def _recruiter(posting: Posting) -> Iterable[User]:
    return [posting.recruiter]


def _hiring_manager(posting: Posting) -> Iterable[User]:
    return [posting.hiring_manager]


def _both(posting: Posting) -> Iterable[User]:
    return dict.fromkeys([posting.recruiter, posting.hiring_manager])


def _context(posting: Posting, _recipient: Any) -> dict[str, Any]:
    return {"job": str(posting.title), "where": posting.place}


APPROVAL_WANTED = Notice(
    name="postings.approval_wanted",
    subject=_("Please approve the posting: %(job)s, %(where)s"),
    to=_other_side,
    context=_context,
)
APPROVED = Notice(
    name="postings.approved",
    subject=_("The posting is approved: %(job)s, %(where)s"),
    to=_recruiter,
    context=_context,
)
RETURNED = Notice(
    name="postings.returned",
    subject=_("The posting was sent back to you: %(job)s, %(where)s"),
    to=_recruiter,
    context=_context,
)
PUBLISHED = Notice(
    name="postings.published",
    subject=_("Your posting is online: %(job)s, %(where)s"),
    to=_hiring_manager,
    context=_context,
)


JOINED = Notice(
    name="postings.joined",
    subject=_("You are in the hiring team: %(job)s, %(where)s"),
    to=lambda member: [member.user],
    context=lambda member, recipient: _context(member.posting, recipient),
)


FILLED = Notice(
    name="postings.filled",
    subject=_("All positions are taken: %(job)s, %(where)s"),
    to=_both,
    context=_context,
)
