"""For whom somebody stands in today, and what those owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rmhr.core import clock
from rmhr.core.due import lists
from rmhr.core.due.sources import Due
from rmhr.models.accounts import User
from rmhr.reminders.queries.absence import stands_in_for

#: How far ahead a deputy looks, and how many things are listed in all.
AHEAD = timedelta(days=7)
MOST_OF_AWAY = 30


@dataclass(frozen=True)
class Away:
    """Somebody who is away, until when, and what of theirs is late or due soon."""

    person: User
    until: date
    things: Sequence[Due]


def stood_in_for(deputy: User) -> list[Away]:
    """For whom this person stands in today, who is back soonest first. Two queries, one where there is nobody."""
    today = clock.today()
    absences = {each.user_id: each for each in stands_in_for(deputy, today) if each.user.is_active}
    if not absences:
        return []
    things = lists.owed_by_any(list(absences), today + AHEAD, MOST_OF_AWAY)
    return [
        Away(each.user, each.ends_on, [due for due in things if due.owner_id == each.user_id])
        for each in absences.values()
    ]
