"""The tasks that every new plan begins with, from rmhr/content/onboarding.yaml."""

from __future__ import annotations

from typing import Any

from rmhr.content import read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.law import hiring
from rmhr.models.accounts import RmType
from rmhr.models.onboarding import SIGN_OFF, Phase, TaskKind, TaskOwner, TaskTemplate

#: Investment advice is given to private clients; its tasks concern nobody else.
ADVICE = "gives_advice_or_information_on_financial_instruments"
#: By which a task's day can be set.
RULES = [rule.name for rule in (hiring.EXPERIENCE, hiring.SUPERVISION, hiring.NOTIFY_CHANGE)]

registry.SENTENCES.add("onboarding.load_content", _("Starter tasks loaded"))


def load() -> Loaded:
    """Bring the templates in step with their file; what somebody has edited stays."""
    wanted = _tasks()
    finished("onboarding")
    with audit.acting(SYSTEM, "onboarding.load_content"):
        return in_step(TaskTemplate, wanted)


def _tasks() -> dict[str, dict[str, Any]]:
    given = read("onboarding")["tasks"]
    required = [SIGN_OFF, *(task["id"] for task in given)]
    return {
        task["id"]: {
            "position": position,
            "phase": Phase(task.among("phase", Phase)),
            "owner": TaskOwner(task.among("owner", TaskOwner)),
            "kind": TaskKind(task.among("kind", TaskKind, TaskKind.ORDINARY)),
            "due_days": task.get("due_days", 0),
            "rule": task.among("rule", RULES, ""),
            "blocking": task["blocking"],
            "text": words(task["text"]),
            "course_code": task.get("course", ""),
            "requires": task.among("requires", required, []),
            "rm_types": [RmType.PERSONAL.value] if task.among("applies_if", [ADVICE], "") else [],
        }
        for position, task in enumerate(given, 1)
    }
