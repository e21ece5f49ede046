"""Links that are still good, and how long somebody has to wait after failed sign-ins."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.accounts import passwords
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import AccessLink, FailedSignIn, LinkPurpose, User

#: So many failures within WINDOW are nobody's business; from then on the wait grows by the steps of WAITS.
FREE_PER_ACCOUNT = 5
FREE_PER_ADDRESS = 30
WINDOW = timedelta(minutes=60)
#: Minutes after the last failure.
WAITS = (1, 2, 5, 15)


def minutes_to_wait(account: str, address: str) -> int:
    """For how many minutes nobody may sign in to this account, or from this address (both keyed); 0: now."""
    waits = (
        _left(FailedSignIn.account == account, FREE_PER_ACCOUNT),
        _left(FailedSignIn.address == address, FREE_PER_ADDRESS),
    )
    return max(0, *(math.ceil(left / timedelta(minutes=1)) for left in waits))


def _left(which: Any, free: int) -> timedelta:
    failures, last = db.session.execute(
        sa.select(sa.func.count(), sa.func.max(FailedSignIn.at)).where(
            which, FailedSignIn.at > clock.now() - WINDOW
        )
    ).one()
    if failures < free:
        return timedelta(0)
    wait = timedelta(minutes=WAITS[min(failures - free, len(WAITS) - 1)])
    return timedelta(0) + (last + wait - clock.now())


def open_link(secret: str) -> AccessLink | None:
    """The link with this secret, while it is good: not used, not expired, and the person still here."""
    link = db.session.scalar(
        sa.select(AccessLink).where(
            AccessLink.digest == passwords.digest(secret),
            AccessLink.used_at.is_(None),
            AccessLink.expires_at > clock.now(),
        )
    )
    return link if link is not None and link.user.is_active else None


def resets_lately(user: User) -> int:
    """How many links for a new password this person was sent within the last hour."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(AccessLink.id)).where(
                AccessLink.user_id == user.id,
                AccessLink.purpose == LinkPurpose.RESET,
                AccessLink.created_at > clock.now() - timedelta(hours=1),
            )
        )
        or 0
    )
