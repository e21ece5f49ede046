"""Copies of what was signed and concluded before copies were kept: as it is now, and from now on it stays so."""

from __future__ import annotations

from typing import Any

from rmhr.core.due.jobs import one_by_one
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM, the_system
from rmhr.models.performance import Goal, Review
from rmhr.performance import queries, records

#: So many in one go: each copy reads all that a thing was made of.
PIECE = 100


@operation(allow=the_system, done=_("Kept unchanged"))
def keep_copy(_actor: Any, thing: Goal | Review) -> None:
    """Keep what is seen of a review or a goal now."""
    if isinstance(thing, Review):
        records.REVIEW.keep(thing)
    else:
        records.GOAL.keep(thing)


def keep_missing() -> int:
    """Keep a copy of what is signed or concluded and has none; say how many there were. Again, the rest follows."""
    missing: list[Goal | Review] = [
        *queries.reviews.without_copy(records.REVIEW.name, records.KEPT, PIECE),
        *queries.goals.without_copy(records.GOAL.name, PIECE),
    ]
    return len(one_by_one(missing, lambda thing: keep_copy(SYSTEM, thing)))
