"""What is said to whoever was recommended."""

from __future__ import annotations

from typing import Any

from rmhr.core import bank
from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice, public_url
from rmhr.core.words import day_long
from rmhr.duties.queries import texts
from rmhr.models.duties import TextKind
from rmhr.models.sourcing import Referral
from rmhr.postings.queries import teams
from rmhr.sourcing import queries


def _recommended(referral: Referral, recipient: Any) -> dict[str, Any]:
    posting, contact = referral.posting, teams.contact(referral.posting)
    said = {"job": str(posting.title), "referrer": referral.referrer.name}
    letter = texts.letter(
        TextKind.REFERRAL,
        said
        | {
            "name": recipient.name,
            "bank": bank.name(),
            "contact": contact.name,
            "contact_email": contact.email,
            "until": day_long(queries.referrals.last_day(referral)),
        },
    )
    return {
        **said,
        **letter,
        "where": posting.place,
        "contact": contact,
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
