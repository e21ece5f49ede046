"""Delivers rows that wait: mail, calls of webhooks. One loop for all: claim, hand over, write down, try again later.

A row is claimed for LEASE, handed over outside of any transaction, and what became of it is committed at once. Two
processes never deliver the same row, and one that dies leaves its row to the next after the lease. If it died after the
other side had taken the row, that gets it a second time under the same id; nothing is ever lost.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Generic, TypeVar

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import Rows, db

#: Minutes to wait after the first, second … failed attempt; after the last one the delivery has failed. Together more
#: than five days: a server that is down over a long weekend loses nothing, and four hours after it is back all is sent.
BACK_OFF: tuple[float, ...] = (1, 5, 15, 60, 120, *(240,) * 30)
#: For how long a process holds what it has claimed. Longer than handing over takes.
LEASE = timedelta(minutes=5)
#: Of what the other side said, so many signs are kept.
LONGEST = 500

Row = TypeVar("Row")
Parcel = TypeVar("Parcel")


class Refused(Exception):
    """The other side answered and does not take this one delivery: for good, or not now."""

    def __init__(self, said: str, for_good: bool) -> None:
        super().__init__(said)
        self.for_good = for_good


class Unreachable(Exception):
    """The other side did not answer: whatever else goes there now would only meet the same."""


class Carrier(ABC, Generic[Row, Parcel]):
    """What one kind of delivery declares; one object for each run.

    The model has `state`, `attempts`, `next_attempt_at` and `sent_at`; its states WAITING, SENT and FAILED.
    """

    model: ClassVar[type[Any]]
    states: ClassVar[Any]  # the enum of its states
    log: ClassVar[str]  # the column that keeps what was said last

    @abstractmethod
    def rows(self) -> Rows | None:
        """Returns a SELECT of the rows that may be delivered in this run; None where none may any more."""

    @abstractmethod
    def pack(self, row: Row) -> Parcel:
        """Returns what handing over takes, free of the database. Whatever it raises, the delivery has failed."""

    @abstractmethod
    def hand_over(self, parcel: Parcel) -> str:
        """Delivers it; returns what the other side said, for the log. Raises Refused, Unreachable."""

    @abstractmethod
    def leave_alone(self, parcel: Parcel) -> None:
        """Remembers that where this was to go nobody answers: `rows` has nothing more for it."""


@dataclass(frozen=True)
class Claim:
    """A row that is ours until the lease is over."""

    carrier: Carrier[Any, Any]
    id: int
    attempt: int  # which one this is, from 1

    @classmethod
    def of(cls, carrier: Carrier[Any, Any], row: Any) -> Claim:
        """Claims a locked row that waits. Holds once the caller commits."""
        row.attempts += 1
        row.next_attempt_at = clock.now() + LEASE
        return cls(carrier, row.id, row.attempts)

    def mark(self, said: str, **values: Any) -> None:
        """Writes down what became of it, unless it is no longer ours: somebody else claimed it after the lease."""
        model, states = self.carrier.model, self.carrier.states
        ours = sa.update(model).where(
            model.id == self.id, model.attempts == self.attempt, model.state == states.WAITING
        )
        statement = ours.values(**{self.carrier.log: said}, **values)
        db.session.execute(statement, execution_options={"synchronize_session": False})
        db.session.commit()
        db.session.expire_all()

    def fail(self, said: str, *, for_good: bool) -> None:
        """Writes down that it did not work: it is tried again after the next pause, or never where none is left."""
        if for_good or self.attempt > len(BACK_OFF):
            self.mark(said, state=self.carrier.states.FAILED)
        else:
            pause = timedelta(minutes=BACK_OFF[self.attempt - 1])
            self.mark(said, next_attempt_at=clock.now() + pause)


def deliver(carrier: Carrier[Any, Any], limit: int = 100, go_on: Callable[[], bool] = lambda: True) -> int:
    """Delivers at most `limit` rows that wait, the longest waiting first; returns how many were taken.

    Commits after each. `go_on` is asked before each row.
    """
    taken = 0
    for _turn in range(limit):
        claimed = _claim(carrier) if go_on() else None
        if claimed is None:
            break
        taken += _hand_over(*claimed)
    return taken


def _claim(carrier: Carrier[Any, Any]) -> tuple[Claim, Any] | None:
    """The next row: the claim, and the parcel or why there is none."""
    model, rows = carrier.model, carrier.rows()
    if rows is None:
        return None
    waiting = (
        rows.where(model.state == carrier.states.WAITING, model.next_attempt_at <= clock.now())
        .order_by(model.next_attempt_at, model.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=model)
    )
    row = db.session.scalars(waiting).first()
    if row is None:
        db.session.rollback()
        return None
    claim = Claim.of(carrier, row)
    # Everything is read before the commit: no transaction may be open while the other side is talked to.
    try:
        parcel = carrier.pack(row)
    except Exception as error:  # whatever is wrong with one row must not hold up the others
        parcel = error
    db.session.commit()
    return claim, parcel


def _hand_over(claim: Claim, parcel: Any) -> bool:
    """Whether it was taken."""
    if isinstance(parcel, Exception):
        claim.fail(error_line(parcel), for_good=True)
        return False
    carrier = claim.carrier
    try:
        said = carrier.hand_over(parcel)
    except Refused as refusal:
        claim.fail(str(refusal), for_good=refusal.for_good)
    except Unreachable as trouble:
        carrier.leave_alone(parcel)
        claim.fail(str(trouble), for_good=False)
    else:
        claim.mark(said, state=carrier.states.SENT, sent_at=clock.now())
        return True
    return False


def error_line(error: BaseException) -> str:
    """Returns an error in one line, for whoever looks after deliveries."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST]
