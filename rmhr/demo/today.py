"""What the demo bank's new colleague has put off on Today, and asked for."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.demo.building import hired, just_now
from rmhr.models.accounts import User
from rmhr.today import operations as today_operations
from rmhr.today import queries as today_queries


def build() -> None:
    """Lena puts off what has some time yet, and reminds a colleague of what she waits for."""
    lena = hired("lena")
    if lena is not None:
        with clock.at(just_now()):
            _build(lena)


def _build(lena: User) -> None:
    for each in sources.for_person(lena.id):
        if each.source.snooze > 1 and each.late < 0:
            today_operations.things.put_off(lena, each, until=clock.today() + timedelta(days=2))
            break
    for awaited in today_queries.awaited.awaited_by(lena):
        if awaited.blocked is None:
            today_operations.things.ask(lena, awaited)
            break
