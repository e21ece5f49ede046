"""Links that are still good, and how long somebody has to wait after failed sign-ins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import abort, current_app
from sqlalchemy.orm import joinedload

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.digests import digest
from rmhr.models.accounts import AccessLink, FailedSignIn, LinkPurpose, SignIn, User
from rmhr.models.system import Message

#: So many failures of one account from one network within WINDOW are nobody's business; from then on the wait grows
#: by the steps of WAITS.
FREE = 5
#: Where so many fail from one network, with whatever accounts, each account may fail there only so often. Whoever
#: shares that network with a program still comes in with the right password.
MANY, FREE_AMONG_MANY = 30, 1
#: So often an account may fail from all networks together; where its owner has signed in lately, only what fails there
#: counts: nobody locks them out from elsewhere.
FREE_ANYWHERE = 20
#: The notice of rmhr.accounts.notifications that brings an invitation.
INVITATION = "accounts.invitation"
WINDOW = timedelta(minutes=60)
#: Minutes after the last failure.
WAITS = (1, 2, 5, 15)


def minutes_to_wait(account: str, place: str, *, known_here: bool = False) -> int:
    """For how many minutes nobody may sign in to this account from this network (both keyed); 0: now.

    `known_here`: its owner has signed in from there lately.
    """
    crowded = _failures(FailedSignIn.address == place)[0] >= MANY
    here = _left(
        FREE_AMONG_MANY if crowded else FREE, FailedSignIn.account == account, FailedSignIn.address == place
    )
    anywhere = timedelta(0) if known_here else _left(FREE_ANYWHERE, FailedSignIn.account == account)
    return max(0, math.ceil(max(here, anywhere) / timedelta(minutes=1)))


def has_signed_in(email: str, place: str) -> bool:
    """Whether the person with this address has signed in from this network (keyed) lately."""
    there = sa.select(SignIn.id).join(SignIn.user).where(User.email == email, SignIn.place == place)
    return bool(db.session.scalar(sa.select(there.exists())))


def sessions_of(user: User) -> Sequence[SignIn]:
    """Where this person is signed in, the last used first."""
    return db.session.scalars(
        sa.select(SignIn)
        .where(
            SignIn.user_id == user.id,
            SignIn.ended_at.is_(None),
            SignIn.seen_at > clock.now() - current_app.permanent_session_lifetime,
        )
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()


def session_of(user: User, id: int) -> SignIn:
    """One of this person's sessions, or 404."""
    own = sa.select(SignIn).where(SignIn.id == id, SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    return db.session.scalar(own) or abort(404)


def _left(free: int, *which: Any) -> timedelta:
    failures, last = _failures(*which)
    if failures < free or last is None:
        return timedelta(0)
    wait = timedelta(minutes=WAITS[min(failures - free, len(WAITS) - 1)])
    return timedelta(0) + (last + wait - clock.now())


def _failures(*which: Any) -> tuple[int, datetime | None]:
    count, last = db.session.execute(
        sa.select(sa.func.count(), sa.func.max(FailedSignIn.at)).where(
            *which, FailedSignIn.at > clock.now() - WINDOW
        )
    ).one()
    return count, last


def open_link(secret: str) -> AccessLink | None:
    """The link with this secret, while it is good: not used, not expired, and the person still here."""
    link = db.session.scalar(
        sa.select(AccessLink)
        .where(
            AccessLink.digest == digest(secret),
            AccessLink.used_at.is_(None),
            AccessLink.expires_at > clock.now(),
        )
        .options(joinedload(AccessLink.user))
    )
    return link if link is not None and link.user.is_active else None


def invited_at(user: User) -> str | None:
    """The address to which an invitation went that can still be taken up; None without one."""
    now = clock.now()
    waits = sa.select(AccessLink.id).where(
        AccessLink.user_id == user.id,
        AccessLink.purpose == LinkPurpose.INVITATION,
        AccessLink.used_at.is_(None),
        AccessLink.expires_at > now,
    )
    if not db.session.scalar(sa.select(waits.exists())):
        return None
    mailed = sa.select(Message.to_address).where(
        Message.kind == INVITATION, Message.subject_type == User.__tablename__, Message.subject_id == user.id
    )
    return db.session.scalar(mailed.order_by(Message.id.desc()).limit(1))


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
