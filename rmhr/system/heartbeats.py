"""Which schedulers there are: the one that leads and those that wait, each by its last sign of life.

A Heartbeat called "scheduler" is the leader's, "scheduler.lead" says since when it leads, and each that waits
has one under its own name. The caller commits.
"""

from __future__ import annotations

import os
import socket

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import SCHEDULER, SILENCE
from rmhr.models.system import Heartbeat
from rmhr.system.queries.schedulers import LEAD, WAITS


def process() -> str:
    """This process, as people find it: the machine and its number there."""
    return f"{socket.gethostname()}, {os.getpid()}"


def leads() -> None:
    """Write down that this process leads, from now on."""
    _sign(LEAD)
    stops_waiting()


def leading() -> None:
    """Leave the leader's sign of life, and clear away those of schedulers that are gone without a word."""
    _sign(SCHEDULER)
    gone = sa.delete(Heartbeat).where(
        Heartbeat.name.startswith(WAITS, autoescape=True), Heartbeat.at < clock.now() - SILENCE
    )
    db.session.execute(gone, execution_options={"synchronize_session": False})


def waiting() -> None:
    """Leave the sign of life of one that waits."""
    _sign(WAITS + process())


def stops_waiting() -> None:
    """It waits no longer: it leads now, or ends."""
    own = sa.delete(Heartbeat).where(Heartbeat.name == WAITS + process())
    db.session.execute(own, execution_options={"synchronize_session": False})


def _sign(name: str) -> None:
    here = db.session.scalars(sa.select(Heartbeat).where(Heartbeat.name == name)).one_or_none()
    if here is None:
        here = Heartbeat(name=name, at=clock.now())
        db.session.add(here)
    here.at, here.who = clock.now(), process()
    db.session.flush()
