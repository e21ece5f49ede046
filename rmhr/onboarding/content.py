"""The tasks that every new plan begins with, from rmhr/content/onboarding.yaml."""

from __future__ import annotations

from typing import Any

from rmhr.content import read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.onboarding import SIGN_OFF, Phase, TaskOwner, TaskTemplate

#: Investment advice is given to private clients; its tasks concern nobody else.
ADVICE = "gives_advice_or_information_on_financial_instruments"

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
            "due_days": task["due_days"],
            "blocking": task["blocking"],
            "text": words(task["text"]),
            "course_code": task.get("course", ""),
            "requires": task.among("requires", required, []),
            "rm_types": [RmType.PERSONAL.value] if task.among("applies_if", [ADVICE], "") else [],
        }
        for position, task in enumerate(given, 1)
    }
