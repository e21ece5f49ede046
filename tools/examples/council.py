"""What the picture tool opens of requests to the works council."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.council import CouncilRequest, CouncilStatus, ProvisionalHiring, ProvisionalStatus
from tools.examples import Example, Values, by_id, first


def _latest(status: CouncilStatus) -> Values | None:
    return by_id(
        first(
            sa.select(CouncilRequest)
            .where(CouncilRequest.status == status)
            .order_by(CouncilRequest.id.desc())
        )
    )


def _each(_viewer: Any) -> list[Values]:
    return [found for status in CouncilStatus if (found := _latest(status))]


def _moves(_viewer: Any) -> list[Values]:
    moves = (
        (_latest(CouncilStatus.TO_ASK), "ask"),
        (_latest(CouncilStatus.ASKED), "ask_again"),
        (_latest(CouncilStatus.ASKED), "refuse"),
        (_latest(CouncilStatus.REFUSED), "hire_provisionally"),
    )
    return [{**found, "name": name} for found, name in moves if found]


def _dispute(_viewer: Any) -> Values | None:
    informed = sa.select(ProvisionalHiring).where(ProvisionalHiring.status == ProvisionalStatus.INFORMED)
    found = by_id(first(informed.order_by(ProvisionalHiring.id.desc())))
    return {**found, "name": "dispute"} if found else None


EXAMPLES: dict[str, Example] = {
    "council.show": _each,
    "council.transition": _moves,
    "provisional_hiring.transition": _dispute,
}
