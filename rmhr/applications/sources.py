"""By which way an application came, as it is credited: a recommendation before a shared link, else the career site."""

from __future__ import annotations

from typing import Any

from rmhr.core.folding import same_address
from rmhr.core.i18n import gettext
from rmhr.core.policy import SYSTEM
from rmhr.models.applications import Application
from rmhr.models.postings import Posting
from rmhr.models.sourcing import FEEDS, ShareLink, SourceKind
from rmhr.sourcing import operations as sourcing
from rmhr.sourcing import queries as sourcing_queries

#: In the address of the career site, and as a hidden field of the form.
PARAMETER = "via"
#: No code is longer; whatever is was made up.
LONGEST = 40


def credit(posting: Posting, email: str, code: str) -> dict[str, Any]:
    """What an application to this posting says of its way here, as columns of its row.

    A code that nobody knows, or that belongs to another posting, says nothing. The name of a feed stands for the link
    of its channel; the caller holds the posting's lock.
    """
    email, code = same_address(email), code if code.isalnum() and len(code) <= LONGEST else ""
    referral = sourcing_queries.referrals.to_credit(posting, email, code)
    if referral is not None and referral.referrer.email != email:
        return {"source": SourceKind.REFERRAL, "referral": referral}
    if code in FEEDS:
        return _shared(sourcing.share_links.share_by_feed(SYSTEM, posting, code))
    return _shared(sourcing_queries.share_links.link_by_code(posting, code) if code else None)


def _shared(link: ShareLink | None) -> dict[str, Any]:
    return {"source": SourceKind.SHARED, "share_link": link} if link is not None else {}


def said(application: Application) -> str:
    """The way in words: "LinkedIn, Spring 2027", "Recommended by Ilse Petersen"."""
    link, referral = application.share_link, application.referral
    return in_words(
        application.source,
        link.channel if link else None,
        link.campaign if link else None,
        referral.referrer.name if referral else None,
    )


def in_words(source: SourceKind, channel: str | None, campaign: str | None, referrer: str | None) -> str:
    """The same of what is known of it: the channel and campaign of a link, or who recommends."""
    if channel is not None:
        return f"{channel}, {campaign}" if campaign else channel
    if referrer is not None:
        return gettext("Referred by %(name)s", name=referrer)
    return str(source.label)
