"""What is said to whom about requisitions and postings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice, public_url
from rmhr.models.accounts import User
from rmhr.models.postings import Posting
from rmhr.models.requisitions import Requisition
from rmhr.models.sources import Referral
from rmhr.postings import queries


def _approver(requisition: Requisition) -> Iterable[User]:
    return [requisition.approver]


def _requester(requisition: Requisition) -> Iterable[User]:
    return [requisition.requester]


def _asked(requisition: Requisition, _recipient: Any) -> dict[str, Any]:
    return {"what": str(requisition.rm_type.label), "where": requisition.unit.name}


REQUISITION_ASKED = Notice(
    name="postings.requisition_asked",
    subject=_("Please decide: %(what)s, %(where)s"),
    to=_approver,
    context=_asked,
)
REQUISITION_CHANGED = Notice(
    name="postings.requisition_changed",
    subject=_("Changed, please decide: %(what)s, %(where)s"),
    to=_approver,
    context=_asked,
)
REQUISITION_APPROVED = Notice(
    name="postings.requisition_approved",
    subject=_("Your requisition is approved: %(what)s, %(where)s"),
    to=_requester,
    context=_asked,
)
REQUISITION_REJECTED = Notice(
    name="postings.requisition_rejected",
    subject=_("Your requisition is not approved: %(what)s, %(where)s"),
    to=_requester,
    context=_asked,
)
REQUISITION_HELD = Notice(
    name="postings.requisition_held",
    subject=_("Your requisition is on hold: %(what)s, %(where)s"),
    to=_requester,
    context=_asked,
)


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
    subject=_("The posting came back to you: %(job)s, %(where)s"),
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


def _recommended(referral: Referral, _recipient: Any) -> dict[str, Any]:
    posting = referral.posting
    return {
        "job": str(posting.title),
        "where": posting.place,
        "referrer": referral.referrer.name,
        "contact": posting.recruiter,
        "until": queries.referrals.last_day(referral),
        "link": public_url("careers.show", slug=posting.slug, via=referral.code),
    }


#: To somebody from outside, once: a colleague of ours recommends them.
RECOMMENDED = Notice(
    name="postings.recommended",
    subject=_("%(referrer)s recommends you: %(job)s, %(where)s"),
    to=lambda referral: [referral],
    context=_recommended,
)
FILLED = Notice(
    name="postings.filled",
    subject=_("All positions are taken: %(job)s, %(where)s"),
    to=_both,
    context=_context,
)
