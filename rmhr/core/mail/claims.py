"""Rows that wait to be worked off: one is claimed for a while, done outside of any transaction, and marked at once.

Two processes never do the same one; whoever dies leaves it to the next after the lease.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.enums import LabelEnum


@dataclass(frozen=True)
class Claim:
    """A row that is ours until the lease is over: it has `state`, `attempts` and `next_attempt_at`."""

    model: type[Any]
    id: int
    attempt: int
    waiting: LabelEnum

    @classmethod
    def of(cls, row: Any, lease: timedelta) -> Claim:
        """Claim a locked row that waits. Holds once the caller commits."""
        row.attempts += 1
        row.next_attempt_at = clock.now() + lease
        return cls(type(row), row.id, row.attempts, row.state)

    def mark(self, **values: Any) -> None:
        """Write down what became of it, unless it is no longer ours: somebody else claimed it after the lease."""
        ours = sa.update(self.model).where(
            self.model.id == self.id,
            self.model.attempts == self.attempt,
            self.model.state == self.waiting,
        )
        db.session.execute(ours.values(**values), execution_options={"synchronize_session": False})
        db.session.commit()
        db.session.expire_all()

    def fail(self, failed: LabelEnum, back_off: Sequence[float], *, for_good: bool, **said: Any) -> None:
        """It did not work: again after the next pause of `back_off` (minutes), or never where none is left."""
        if for_good or self.attempt > len(back_off):
            self.mark(state=failed, **said)
        else:
            pause = timedelta(minutes=back_off[self.attempt - 1])
            self.mark(next_attempt_at=clock.now() + pause, **said)
