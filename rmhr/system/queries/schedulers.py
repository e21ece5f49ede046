"""Which scheduler leads, and which ones wait to take over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import SCHEDULER, SILENCE
from rmhr.models.system import Heartbeat

#: Since when the leader leads; and what the names of those that wait begin with.
LEAD = f"{SCHEDULER}.lead"
WAITS = f"{SCHEDULER}.waits "


@dataclass(frozen=True)
class Schedulers:
    """The leader's last sign of life, since when it leads, and those that wait."""

    leader: Heartbeat | None
    since: datetime | None
    waiting: Sequence[Heartbeat]

    @property
    def silent(self) -> bool:
        """Whether no scheduler does its work."""
        return self.leader is None or clock.now() - self.leader.at > SILENCE


def schedulers() -> Schedulers:
    """Those that were seen lately. One query."""
    beats = sa.select(Heartbeat).where(
        sa.or_(Heartbeat.name.in_((SCHEDULER, LEAD)), Heartbeat.name.startswith(WAITS, autoescape=True))
    )
    found = {each.name: each for each in db.session.scalars(beats.order_by(Heartbeat.id))}
    leader, lead = found.pop(SCHEDULER, None), found.pop(LEAD, None)
    alive = [each for each in found.values() if clock.now() - each.at <= SILENCE]
    # Whose lead it is stands beside it: the sign of another process would be an older one's.
    ours = leader is not None and lead is not None and lead.who == leader.who
    return Schedulers(leader, lead.at if lead is not None and ours else None, alive)
