"""The tasks that every new plan begins with, from rmhr/content/onboarding.yaml."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.onboarding import Phase, TaskOwner, TaskTemplate

#: Investment advice is given to private clients; its tasks concern nobody else.
ADVICE = "gives_advice_or_information_on_financial_instruments"

registry.SENTENCES.add("onboarding.load_content", _("Starter tasks loaded"))


def load() -> int:
    """Add the templates that are missing; say how many."""
    known = set(db.session.scalars(sa.select(TaskTemplate.code)))
    fresh = [
        TaskTemplate(
            code=task["id"],
            position=position,
            phase=Phase(task["phase"]),
            owner=TaskOwner(task["owner"]),
            due_days=task["due_days"],
            blocking=task["blocking"],
            text=words(task["text"]),
            course_code=task.get("course", ""),
            rm_types=[RmType.PERSONAL.value] if task.get("applies_if") == ADVICE else [],
        )
        for position, task in enumerate(read("onboarding")["tasks"], 1)
        if task["id"] not in known
    ]
    with audit.acting(SYSTEM, "onboarding.load_content"):
        db.session.add_all(fresh)
    return len(fresh)
