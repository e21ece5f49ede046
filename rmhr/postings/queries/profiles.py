"""What a type of RM needs: read with whatever is about one of that type."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from rmhr.core.db import db
from rmhr.models.accounts import RmType
from rmhr.models.competencies import CompetencyProfile
from rmhr.models.performance import Review
from rmhr.models.postings import Posting


def of(thing: Posting | Review, rm_type: RmType) -> list[CompetencyProfile]:
    """What this type of RM, that of the thing, needs: each with its competency, in their order. Asked for once."""
    if "profiles" in instance_state(thing).unloaded:
        query = (
            sa.select(CompetencyProfile)
            .join(CompetencyProfile.competency)
            .where(CompetencyProfile.rm_type == rm_type)
            .options(contains_eager(CompetencyProfile.competency))
        )
        set_committed_value(thing, "profiles", db.session.scalars(query).all())
    return sorted(thing.profiles, key=lambda profile: (profile.competency.position, profile.competency_id))
