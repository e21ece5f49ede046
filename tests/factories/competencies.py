"""Competencies for tests: with five anchors, essential for every type of RM unless said otherwise."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType
from rmhr.models.competencies import Anchor, Competency, CompetencyProfile, Relevance

from . import numbers, save


def competency(relevance: Relevance = Relevance.IMPORTANT, target: int = 4, **given: Any) -> Competency:
    """Something to be rated, with words for each level."""
    n = next(numbers)
    defaults: dict[str, Any] = {
        "code": f"competency{n}",
        "position": n,
        "name": Words.both(f"Skill {n}", f"Können {n}"),
        "definition": Words.both(f"What skill {n} means.", f"Was Können {n} heißt."),
        "anchors": [
            Anchor(level=level, text=Words.both(f"Behaviour {level}", f"Verhalten {level}"))
            for level in range(1, 6)
        ],
        "profiles": [
            CompetencyProfile(rm_type=rm_type, relevance=relevance, target_level=target) for rm_type in RmType
        ],
    }
    return save(Competency(**defaults | given))
