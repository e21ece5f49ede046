"""What the demo bank's new colleague has put off on Today, and asked for."""

from __future__ import annotations

from datetime import timedelta

from rmhr.accounts.demo import hired
from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.reminders import operations, queries


def build() -> None:
    """Lena puts off what has some time yet, and reminds a colleague of what she waits for."""
    lena = hired("lena")
    if lena is None:
        return
    for each in sources.for_person(lena.id):
        if each.source.snooze > 1 and each.late < 0:
            operations.put_off(lena, each, until=clock.today() + timedelta(days=2))
            break
    for awaited in queries.awaited_by(lena):
        if awaited.blocked is None:
            operations.ask(lena, awaited)
            break
