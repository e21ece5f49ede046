"""The further places of a posting."""

from __future__ import annotations

from collections.abc import Sequence

from rmhr.core.db import db
from rmhr.models.postings import Posting, PostingPlace


def write(posting: Posting, wanted: Sequence[tuple[int, str]]) -> None:
    """Make these the further places, in their order: (unit, place).

    New rows instead of changed ones: two that swap their places would have the same unit in between.
    """
    if [(each.unit_id, each.place) for each in posting.further_places] == list(wanted):
        return
    posting.further_places.clear()
    db.session.flush()
    posting.further_places.extend(
        PostingPlace(position=position, unit_id=unit_id, place=place)
        for position, (unit_id, place) in enumerate(wanted)
    )
