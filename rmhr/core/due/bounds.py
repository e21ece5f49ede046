"""How far from today a day may lie that somebody enters, or that an address names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.i18n import gettext
from rmhr.core.words import day_bare


@dataclass(frozen=True)
class Bounds:
    """How many months a day may lie behind and ahead of today."""

    back: int
    ahead: int

    @property
    def first(self) -> date:
        """The earliest day."""
        return calendar.add_months(clock.today(), -self.back)

    @property
    def last(self) -> date:
        """The latest day."""
        return calendar.add_months(clock.today(), self.ahead)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def words(self) -> str:
        """What to enter instead."""
        return gettext(
            "Enter a day between %(first)s and %(last)s.",
            first=day_bare(self.first),
            last=day_bare(self.last),
        )


#: What is planned, and what was done not long ago.
PLANNED = Bounds(back=24, ahead=24)
#: What is to come.
AHEAD = Bounds(back=0, ahead=24)
#: What has been done.
DONE = Bounds(back=24, ahead=0)
#: Years of budgets, old and new.
BUDGETS = Bounds(back=120, ahead=120)
#: A working life, and what is planned of it.
WORKING_LIFE = Bounds(back=720, ahead=24)
#: Whatever somebody may be asked for: from their parents' birth to their pension.
LIFETIME = Bounds(back=1440, ahead=720)


def day_of(text: str | None, bounds: Bounds) -> date | None:
    """The day that an address names as 2026-11-30; None for anything else, and for one outside the bounds."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day in bounds else None
