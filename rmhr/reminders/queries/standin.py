"""For whom somebody stands in today, and what those owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from rmhr.core import clock, owed
from rmhr.core.db import db
from rmhr.core.due import Due
from rmhr.models.accounts import User
from rmhr.models.reminders import Absence

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
    query = (
        sa.select(Absence)
        .join(Absence.user)
        .where(
            Absence.deputy_id == deputy.id,
            Absence.starts_on <= today,
            Absence.ends_on >= today,
            sa.or_(User.left_on.is_(None), User.left_on >= today),
        )
        .options(joinedload(Absence.user))
        .order_by(Absence.ends_on, Absence.id)
    )
    absences = {each.user_id: each for each in db.session.scalars(query)}
    if not absences:
        return []
    things = owed.owed_by_any(list(absences), today + AHEAD, MOST_OF_AWAY)
    return [
        Away(each.user, each.ends_on, [due for due in things if due.owner_id == each.user_id])
        for each in absences.values()
    ]
