"""Who may ask for positions, write, approve, publish and see postings."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.policies import ADMIN, HR
from rmhr.core.policy import Rule, has_role, rule, signed_in, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.postings import PostingStatus


@rule
def requester(user: Any, requisition: Any) -> bool:
    """Whoever asks for the positions."""
    return isinstance(user, User) and requisition is not None and requisition.requester_id == user.id


@rule
def approver_asked(user: Any, requisition: Any) -> bool:
    """Whoever was asked to decide."""
    return isinstance(user, User) and requisition is not None and requisition.approver_id == user.id


@rule
def not_the_requester(user: Any, requisition: Any) -> bool:
    """Somebody else than who asks for the positions."""
    return isinstance(user, User) and requisition is not None and requisition.requester_id != user.id


#: Who works with requisitions at all; which ones, the queries say.
REQUEST: Rule = has_role(Role.HR, Role.SUPERVISOR)
CHANGE_REQUISITION: Rule = requester
DECIDE_REQUISITION: Rule = (HR | approver_asked) & not_the_requester
HOLD_REQUISITION: Rule = HR
CANCEL_REQUISITION: Rule = HR | requester
FILL_REQUISITION: Rule = the_system
PLAN_HEADCOUNT: Rule = HR
BRAND: Rule = ADMIN | the_system


@rule
def hiring_manager_of_the_posting(user: Any, posting: Any) -> bool:
    """Whoever the new colleague will report to."""
    return isinstance(user, User) and posting is not None and posting.hiring_manager_id == user.id


@rule
def of_a_draft(_user: Any, posting: Any) -> bool:
    """Nobody outside has read it yet."""
    return posting is not None and posting.status is PostingStatus.DRAFT


@rule
def not_who_submitted_it(user: Any, posting: Any) -> bool:
    """Somebody else than who asks for the approval."""
    return isinstance(user, User) and posting is not None and posting.submitted_by_id != user.id


#: Who works on postings at all; what of them, the queries say.
SEE: Rule = has_role(Role.HR, Role.SUPERVISOR, Role.INTERVIEWER)
CREATE: Rule = HR
#: Questions that many postings ask.
KEEP_SETS: Rule = HR
#: The people who fill this posting: HR and its hiring manager.
RECRUIT: Rule = HR | hiring_manager_of_the_posting
EDIT: Rule = HR | (hiring_manager_of_the_posting & of_a_draft)
SUBMIT: Rule = RECRUIT
APPROVE: Rule = RECRUIT & not_who_submitted_it
PUBLISH: Rule = HR
OPEN: Rule = HR | the_system
CLOSE: Rule = HR
END: Rule = the_system
#: Sharing a posting, and reading by which ways people came to it.
SHARE: Rule = RECRUIT


@rule
def who_fills_the_posting_of_the_link(user: Any, link: Any) -> bool:
    """Whoever may share the posting that a link leads to."""
    return link is not None and SHARE(user, link.posting)


@rule
def referrer(user: Any, referral: Any) -> bool:
    """Whoever recommends this person."""
    return isinstance(user, User) and referral is not None and referral.referrer_id == user.id


SHARE_LINK: Rule = who_fills_the_posting_of_the_link
#: Everybody who works here may look at open jobs, apply and recommend somebody.
COLLEAGUE: Rule = signed_in
OWN_REFERRAL: Rule = referrer
#: Who sees all recommendations.
REFERRALS: Rule = HR


@rule
def not_the_referrer(user: Any, referral: Any) -> bool:
    """Somebody else than who gets the bonus."""
    return isinstance(user, User) and referral is not None and referral.referrer_id != user.id


PAY_BONUS: Rule = HR & not_the_referrer
FORGET: Rule = the_system
