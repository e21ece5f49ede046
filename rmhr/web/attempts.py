"""How often something was sent by strangers: it slows down programs, without puzzles for people.

Nobody is shut out for what others behind the same address do: whoever sends very often waits, each time longer, and
what is sent meanwhile is not counted, so that nobody can prolong the wait of others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.digests import keyed, network
from rmhr.core.folding import same_address
from rmhr.core.i18n import ngettext
from rmhr.models.applications import AttemptKind, PublicAttempt

SPAN = timedelta(hours=1)
#: Sent from one network within SPAN before one has to wait: forms, those with mistakes too (a job centre with one
#: address still gets through); and addresses of calendars that there are not.
MOST = {AttemptKind.APPLY: 40, AttemptKind.LINK: 12, AttemptKind.FORGOTTEN: 12, AttemptKind.FEED: 60}
#: The same for one e-mail address from one network.
MOST_BY_ONE = {AttemptKind.APPLY: 10, AttemptKind.LINK: 5, AttemptKind.FORGOTTEN: 5}
#: Seconds that must have passed since the last one: after the first too many, the second …
PAUSES = (5, 10, 20, 30, 60)
PAUSES_OF_ONE = (60, 120, 300, 900)


def note(kind: AttemptKind, address: str, account: str = "") -> int:
    """Count one more from this network address, and of this e-mail address; 0, or how many seconds to wait.

    Counted in a transaction of its own: a form with errors is rolled back, its attempt is not. What comes before the
    wait is over is not counted. Nothing may have been written before this in the request.
    """
    place, one = keyed(network(address)), keyed(same_address(account)) if account.strip() else ""
    now = clock.now()
    from_there = (
        PublicAttempt.kind == kind,
        PublicAttempt.address == place,
        PublicAttempt.at > now - SPAN,
    )
    db.session.rollback()  # SQLite has one writer: this session must not hold the lock meanwhile
    with Session(db.engine) as own, own.begin():
        waits = _left(own, from_there, MOST[kind], PAUSES)
        if one and kind in MOST_BY_ONE:
            by_one = (*from_there, PublicAttempt.account == one)
            waits = max(waits, _left(own, by_one, MOST_BY_ONE[kind], PAUSES_OF_ONE))
        if waits <= timedelta(0):
            own.add(PublicAttempt(kind=kind, address=place, account=one, at=now))
            return 0
    return max(1, math.ceil(waits.total_seconds()))


def waiting(seconds: int) -> str:
    """How long, in words."""
    if seconds < 60:
        return ngettext(
            "Too many submissions from your connection. Please wait %(num)s second and send it again.",
            "Too many submissions from your connection. Please wait %(num)s seconds and send it again.",
            seconds,
        )
    return ngettext(
        "Too many submissions from your connection. Please wait %(num)s minute and send it again.",
        "Too many submissions from your connection. Please wait %(num)s minutes and send it again.",
        math.ceil(seconds / 60),
    )


def later(seconds: int) -> dict[str, str]:
    """The headers of an answer that says so."""
    return {"Retry-After": str(seconds)}


def _left(
    session: Session, which: Sequence[sa.ColumnElement[bool]], free: int, pauses: Sequence[int]
) -> timedelta:
    sent, last = session.execute(
        sa.select(sa.func.count(PublicAttempt.id), sa.func.max(PublicAttempt.at)).where(*which)
    ).one()
    if sent < free or last is None:
        return timedelta(0)
    pause = timedelta(seconds=pauses[min(sent - free, len(pauses) - 1)])
    left: timedelta = last + pause - clock.now()
    return left
