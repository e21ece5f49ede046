"""Share links: made per channel and campaign, renamed, removed while nobody has come by them."""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.models.accounts import User
from rmhr.models.postings import Posting
from rmhr.models.sourcing import FEEDS, ShareLink
from rmhr.sourcing import policies
from rmhr.sourcing.queries import share_links as queries

#: Without what is mistaken for something else when it is typed from a poster.
ALPHABET, LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 8


def new_code() -> str:
    """A short code that nobody guesses for an address: 31 to the 8th of them."""
    return "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))


@operation(allow=policies.SHARE, done=_("Link made"))
def share(actor: User, posting: Posting, *, channel: str, campaign: str = "") -> ShareLink:
    """Make an address of the posting for a channel and campaign. Raises NotPossible where they have one."""
    _require_free(posting, channel, campaign)
    link = ShareLink(
        posting=posting, code=new_code(), channel=channel.strip(), campaign=campaign.strip(), made_by=actor
    )
    db.session.add(link)
    db.session.flush()
    return link


@operation(allow=policies.BY_A_FEED, done=_("Link made"))
def share_by_feed(_actor: Actor, posting: Posting, feed: str) -> ShareLink:
    """The link of the channel that a feed serves, made when it has brought the first applicant.

    The caller holds the posting's lock: two who come at once find one link.
    """
    channel = FEEDS[feed]
    if (known := queries.link_for(posting, channel, "")) is not None:
        return known
    link = ShareLink(posting=posting, code=new_code(), channel=channel, made_by=posting.recruiter)
    db.session.add(link)
    db.session.flush()
    return link


@operation(allow=policies.SHARE_LINK, done=_("Link renamed"))
def rename(actor: User, link: ShareLink, *, channel: str, campaign: str = "") -> ShareLink:
    """Call it something else. Its address stays, and with it whom it has brought."""
    _require_free(link.posting, channel, campaign, but=link)
    link.channel, link.campaign = channel.strip(), campaign.strip()
    return link


@operation(allow=policies.SHARE_LINK, done=_("Link deleted"))
def unshare(actor: User, link: ShareLink) -> None:
    """Delete a link by which nobody has come. Raises NotPossible for any other."""
    if queries.is_used(link):
        raise NotPossible(gettext("Somebody has applied by this link, so it stays. You can rename it."))
    db.session.delete(link)


def _require_free(posting: Posting, channel: str, campaign: str, but: ShareLink | None = None) -> None:
    db.session.execute(sa.select(Posting.id).where(Posting.id == posting.id).with_for_update())
    known = queries.link_for(posting, channel.strip(), campaign.strip())
    if known is not None and known is not but:
        raise NotPossible(gettext("There is a link for this channel and campaign already."))
