"""What the picture tool opens of absences, and of the way to fewer mails."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts.queries.people import by_email
from rmhr.core import clock
from rmhr.models.reminders import Absence
from rmhr.reminders import unsubscribe
from tools.examples import Example, Values, by_id, first


def _to_begin() -> Absence | None:
    """An absence that has yet to begin."""
    found: Absence | None = first(
        sa.select(Absence).where(Absence.starts_on >= clock.today()).order_by(Absence.id)
    )
    return found


def _whose(_viewer: Any) -> Values | None:
    found = _to_begin()
    return {"id": found.user_id} if found else None


def _begun(_viewer: Any) -> Values | None:
    day = clock.today()
    query = sa.select(Absence).where(Absence.starts_on < day, Absence.ends_on >= day)
    return by_id(first(query.order_by(Absence.id)))


def _signed(viewer: Any) -> Values | None:
    person = viewer or by_email("lena.brandt@bank.example")
    return {"token": unsubscribe.token(person, ["onboarding.own", "performance.item"])} if person else None


EXAMPLES: dict[str, Example] = {
    "reminders.unsubscribe": _signed,
    "reminders.absence_of": _whose,
    "reminders.end_absence": _begun,
    "reminders.delete_absence": lambda _viewer: by_id(_to_begin()),
}
