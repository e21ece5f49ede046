"""What is said to whoever was recommended."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice, public_url
from rmhr.models.sourcing import Referral
from rmhr.postings.queries import teams
from rmhr.sourcing import queries


def _recommended(referral: Referral, _recipient: Any) -> dict[str, Any]:
    posting = referral.posting
    return {
        "job": str(posting.title),
        "where": posting.place,
        "referrer": referral.referrer.name,
        "contact": teams.contact(posting),
        "until": queries.referrals.last_day(referral),
        "link": public_url("careers.show", slug=posting.slug, via=referral.code),
        "erase": public_url("recommended.erase", code=referral.code),
    }


#: To somebody from outside, once: a colleague of ours recommends them.
RECOMMENDED = Notice(
    name="sourcing.recommended",
    subject=_("%(referrer)s has referred you: %(job)s, %(where)s"),
    to=lambda referral: [referral],
    context=_recommended,
)
