"""For whom somebody stands in today, and what those owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rmhr.core import clock
from rmhr.core.due import lists
from rmhr.core.due.sources import Due
from rmhr.models.accounts import Role, User
from rmhr.models.reminders import Absence
from rmhr.reminders.queries.absence import away_in_team, stands_in_for

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
    """For whom this person stands in today, who is back soonest first. Two queries, one where there is nobody.

    What somebody alone can do stands with whoever leads them instead. For those who lead somebody, one query more.
    """
    today = clock.today()
    stands_in = {each.user_id: each for each in stands_in_for(deputy, today) if each.user.is_active}
    leads: dict[int, Absence] = {}
    if deputy.has(Role.SUPERVISOR):
        leads = {each.user_id: each for each in away_in_team(deputy, today) if each.user.is_active}
    absences = leads | stands_in
    if not absences:
        return []
    found = lists.owed_by_any(list(absences), today + AHEAD, MOST_OF_AWAY)
    shown = [due for due in found if due.owner_id in (leads if due.source.alone else stands_in)]
    mine = [
        Away(each.user, each.ends_on, [due for due in shown if due.owner_id == each.user_id])
        for each in sorted(absences.values(), key=lambda each: (each.ends_on, each.id))
    ]
    return [each for each in mine if each.things or each.person.id in stands_in]
