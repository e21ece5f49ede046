"""Share links and recommendations."""

from __future__ import annotations

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.sourcing import Referral, ShareLink
from rmhr.sourcing import operations
from tests.factories.accounts import user
from tests.factories.postings import posting, share_link
from tests.kinds import Edit, Opened, Pair, Twice, deletes


def _link() -> Opened:
    link = share_link(channel="At first")
    other = user(Role.HR)

    def meanwhile() -> None:
        operations.share_links.rename(other, link, channel="Their channel")

    return Opened(
        link,
        user(Role.HR),
        f"/postings/{link.posting_id}/sources/{link.id}",
        {"channel": "My own channel", "campaign": ""},
        meanwhile,
        lambda: link.channel,
        "Their channel",
    )


EDITS = [Edit("share_links.rename", _link), deletes("share_links.delete", _link)]
NO_EDIT = {
    "share_links.index": "makes a new link",
    "referrals.pay": "one click that says nothing; a second one is refused in words",
    "referrals.unpay": "one click that says nothing; a second one is refused in words",
    "referrals.erase": "deletes on request: whatever was changed meanwhile is to go",
    "recommended.erase": "deletes on request: whatever was changed meanwhile is to go",
}


def _same_channel() -> Twice:
    row, hr = posting(), user(Role.HR)
    sent = {"channel": "LinkedIn", "campaign": "Spring"}
    path = f"/postings/{row.id}/sources"
    return Twice((hr, path, sent), (hr, path, sent), lambda: db.session.query(ShareLink).count())


def _same_person() -> Twice:
    row = posting()
    sent = {
        "posting_id": row.id,
        "name": "Jonte Behrens",
        "email": "jonte@example.org",
        "language": "de",
        "note": "He fits.",
        "asked": "y",
    }
    return Twice(
        (user(Role.RM), "/referrals/new", sent),
        (user(Role.RM), "/referrals/new", sent),
        lambda: db.session.query(Referral).count(),
    )


PAIRS = [Pair("share_links.index", _same_channel), Pair("referrals.new", _same_person)]
