"""What the picture tool opens of the register of legal and practice rules."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.rulebook import RegisteredRule
from tools.examples import Example, Values, first

#: One that is due, one that has changed, one of the bank's own, one of a course.
SHOWN = ("applications.refused", "interviews.past_pay", "duties.text_privacy_notice", "training.aml")


def _rules(_viewer: Any) -> list[Values]:
    return [values for name in SHOWN for values in _one(name)]


def _due(_viewer: Any) -> list[Values]:
    return _one(SHOWN[0])


def _one(name: str) -> list[Values]:
    found = first(sa.select(RegisteredRule).where(RegisteredRule.name == name))
    return [{"id": found.id}] if found is not None else []


EXAMPLES: dict[str, Example] = {
    "rulebook.show": _rules,
    "rulebook.check": _due,
    "rulebook.owner": _due,
}
