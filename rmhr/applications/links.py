"""Private links: the secret address of an applicant's status page, as it stands in every mail to them."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.digests import digest
from rmhr.core.mail.outbox import public_url, rehearsing
from rmhr.law import deadlines
from rmhr.models.applications import Applicant, PrivateLink

VALID_FOR = deadlines.OPEN_PRIVATE_LINK.span
#: How long a page stays open that a link has opened; and how soon after its mail a link must be opened to prove that
#: whoever comes reads this mailbox now, and so long from then.
VISIT, FRESH = timedelta(hours=1), timedelta(minutes=30)
#: A mailbox is not filled from outside: at most so many links in this span.
LINKS, LINK_SPAN = 3, timedelta(hours=1)


def private_link(applicant: Applicant, *, leads_to: str = "", valid_for: timedelta = VALID_FOR) -> str:
    """A new secret address for this person, which opens their page once. Only the digest of its secret is kept.

    `leads_to` is the path of another page of theirs that it opens.
    """
    if rehearsing():
        return public_url("status.show")
    secret = secrets.token_urlsafe(32)
    db.session.add(
        PrivateLink(applicant=applicant, digest=digest(secret), expires_at=clock.now() + valid_for)
    )
    return public_url("status.open", token=secret, **({"next": leads_to} if leads_to else {}))


def known(secret: str) -> PrivateLink | None:
    """The link with this secret, whether it still opens anything or not."""
    return db.session.scalar(sa.select(PrivateLink).where(PrivateLink.digest == digest(secret)))


def opens(link: PrivateLink) -> bool:
    """Whether it can be used: it was not, and has not expired."""
    return link.used_at is None and link.expires_at > clock.now()


def use(secret: str) -> PrivateLink | None:
    """Begin a visit with a link that is good; None where somebody was faster, or it is none."""
    now = clock.now()
    taken = db.session.execute(
        sa.update(PrivateLink)
        .where(
            PrivateLink.digest == digest(secret),
            PrivateLink.used_at.is_(None),
            PrivateLink.expires_at > now,
        )
        .values(used_at=now, visit_until=now + VISIT)
        .returning(PrivateLink.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return db.session.get(PrivateLink, taken, populate_existing=True) if taken else None


def end_visit(link: PrivateLink) -> None:
    """Close the page that this link has opened, on every device that has its cookie."""
    link.visit_until = clock.now()


def is_fresh(link: PrivateLink) -> bool:
    """Whether it was opened just now, and soon after it was mailed."""
    used = link.used_at
    return used is not None and used - link.created_at <= FRESH and used > clock.now() - FRESH


def sent_since(applicant: Applicant, span: timedelta) -> int:
    """How many links this person was sent in the last `span`: nobody fills a mailbox from outside."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(PrivateLink.id)).where(
                PrivateLink.applicant_id == applicant.id, PrivateLink.created_at > clock.now() - span
            )
        )
        or 0
    )
