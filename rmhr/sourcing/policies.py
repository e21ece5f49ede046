"""Who may share a posting, recommend somebody, and see what came of it."""

from __future__ import annotations

from rmhr.accounts.policies import HR
from rmhr.core.policy import AccessRule, access_rule, the_system
from rmhr.models.accounts import User
from rmhr.models.sourcing import Referral, ShareLink
from rmhr.postings.policies import RECRUIT

#: Sharing a posting, and reading by which ways people came to it.
SHARE: AccessRule = RECRUIT


@access_rule
def who_fills_the_posting_of_the_link(user: object, link: ShareLink | None) -> bool:
    """Whoever may share the posting that a link leads to."""
    return link is not None and SHARE(user, link.posting)


#: Whoever applies by what a feed says makes its link, and is nobody who could share a posting.
BY_A_FEED: AccessRule = the_system


@access_rule
def referrer(user: object, referral: Referral | None) -> bool:
    """Whoever recommends this person."""
    return isinstance(user, User) and referral is not None and referral.referrer_id == user.id


SHARE_LINK: AccessRule = who_fills_the_posting_of_the_link
#: Who sees all recommendations.
REFERRALS: AccessRule = HR


@access_rule
def not_the_referrer(user: object, referral: Referral | None) -> bool:
    """Somebody else than who gets the bonus."""
    return isinstance(user, User) and referral is not None and referral.referrer_id != user.id


PAY_BONUS: AccessRule = HR & not_the_referrer
FORGET: AccessRule = the_system
#: On the wish of whoever was recommended: by the link of the mail, or HR for them.
ERASE: AccessRule = the_system | HR
