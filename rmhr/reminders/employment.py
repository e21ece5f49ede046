"""What of absences hangs on a person: those in which they stand in for somebody."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core import clock
from rmhr.core.db import Rows, db, this_day
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _
from rmhr.core.mail import outbox
from rmhr.models.accounts import Role, User
from rmhr.models.reminders import Absence
from rmhr.reminders import notifications


def _standing_in() -> Rows:
    return (
        sa.select(
            Absence.deputy_id.label("user_id"),
            Absence.id.label("subject_id"),
            User.name.label("what"),
            Absence.user_id.label("who"),
        )
        .join(User, User.id == Absence.user_id)
        .where(Absence.ends_on >= this_day(), Absence.deputy_id.is_not(None))
    )


@hangs(
    "reminders.standing_in",
    label=_("Absences in which they stand in"),
    find=_standing_in,
    endpoint="reminders.absence_of",
    params={"id": "who"},
    roles=tuple(Role),
)
@operation(allow=policies.MANAGE, done=_("Standing in handed over"))
def hand_over_standing_in(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor stand in on the days that are left, but for themselves: how many absences."""
    found = db.session.scalars(
        sa.select(Absence).where(
            Absence.deputy_id == person.id,
            Absence.ends_on >= clock.today(),
            Absence.user_id != successor.id,
        )
    ).all()
    for absence in found:
        absence.deputy = successor
        outbox.compose(notifications.ABSENCE, absence, successor)
    return len(found)
