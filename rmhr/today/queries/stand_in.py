"""What people who are away owe: for those who stand in for them, and for those who lead them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rmhr.core import clock
from rmhr.core.due import lists
from rmhr.core.due.sources import Due
from rmhr.models.accounts import User
from rmhr.models.reminders import Absence
from rmhr.today.queries.today import HORIZON

#: So many things are listed in all.
MOST_OF_AWAY = 100


@dataclass(frozen=True)
class Away:
    """Somebody who is away, until when, and what of theirs is late or due: whoever is told of it finds it here."""

    person: User
    until: date
    stands_in: bool  # this person is the deputy; otherwise they lead whoever is away
    things: Sequence[Due]


def stood_in_for(person: User, away: Sequence[tuple[Absence, bool]]) -> list[Away]:
    """For whom this person stands in today; and of those whom they lead, what nobody can do for them.

    `away`: as of `today.place_of`, in whose order they are. One query, none where there is nobody.
    """
    absences = [each for each in away if each[0].user.is_active]
    if not absences:
        return []
    deputised = {absence.user_id for absence, _led in absences if absence.deputy_id == person.id}
    led = {absence.user_id for absence, leads in absences if leads}
    things = lists.owed_by_any(deputised, clock.today() + HORIZON, MOST_OF_AWAY, personal=led)
    found = [
        Away(
            absence.user,
            absence.ends_on,
            absence.user_id in deputised,
            [due for due in things if due.owner_id == absence.user_id],
        )
        for absence, _led in absences
    ]
    return [each for each in found if each.stands_in or each.things]
