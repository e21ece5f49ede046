"""The tasks that every new plan begins with, from rmhr/content/onboarding.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from rmhr.content import words
from rmhr.content.strict import whole
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.onboarding import SIGN_OFF, Phase, TaskOwner, TaskTemplate

#: Investment advice is given to private clients; its tasks concern nobody else.
ADVICE = "gives_advice_or_information_on_financial_instruments"

registry.SENTENCES.add("onboarding.load_content", _("Starter tasks loaded"))


def load() -> int:
    """Add the templates that are missing; say how many."""
    known = set(db.session.scalars(sa.select(TaskTemplate.code)))
    fresh = [TaskTemplate(**each) for each in tasks() if each["code"] not in known]
    with audit.acting(SYSTEM, "onboarding.load_content"):
        db.session.add_all(fresh)
    return len(fresh)


@cache
def tasks() -> tuple[dict[str, Any], ...]:
    """All that the file says: the columns of each template. Raises ContentError for what nobody reads."""
    with whole("onboarding") as given:
        codes = {task["id"] for task in given["tasks"]}
        for task in given["tasks"]:
            for other in task.get("requires", []):
                if other not in codes and other != SIGN_OFF:
                    raise task.refuse("requires", f"there is no task “{other}”")
            if task.get("applies_if", ADVICE) != ADVICE:
                raise task.refuse("applies_if", "nobody can tell whom this concerns")
        return tuple(
            {
                "code": task["id"],
                "position": position,
                "phase": Phase(task["phase"]),
                "owner": TaskOwner(task["owner"]),
                "due_days": task["due_days"],
                "blocking": task["blocking"],
                "text": words(task["text"]),
                "course_code": task.get("course", ""),
                "requires": list(task.get("requires", [])),
                "rm_types": [RmType.PERSONAL.value] if task.get("applies_if") else [],
            }
            for position, task in enumerate(given["tasks"], 1)
        )
