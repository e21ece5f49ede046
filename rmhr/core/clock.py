"""What time it is. The only place that asks the machine, so that tests and the demo can live on other days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)
_zone: ZoneInfo = ZoneInfo("Europe/Berlin")


def set_zone(name: str) -> None:
    """Set the bank's time zone, by its IANA name. Raises ZoneInfoNotFoundError if there is none."""
    global _zone  # noqa: PLW0603 - one bank, one zone, set once at the start
    _zone = ZoneInfo(name)


def zone() -> ZoneInfo:
    """The bank's time zone: what "today" means."""
    return _zone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moved.get() or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on the bank's wall clock."""
    return moment.astimezone(_zone)


def today() -> date:
    """The date on the bank's wall calendar."""
    return local(now()).date()


def moment(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """That time of day on the bank's wall clock, in UTC. A time that the spring change skips is an hour later."""
    return datetime.combine(day, time(hour, minute), tzinfo=_zone).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside this block it is `moment` (aware). For the demo bank, dry runs and tests."""
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
