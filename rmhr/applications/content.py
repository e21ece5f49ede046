"""The reasons for which applications are refused, from the starter content."""

from __future__ import annotations

from rmhr.content import read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.applications import RejectionReason

ACTION = "applications.load_content"
registry.SENTENCES.add(ACTION, _("Starter content loaded"))


def load() -> Loaded:
    """Bring the reasons in step with their file; what somebody has edited stays."""
    wanted = {
        reason["code"]: {"position": place, "label": words(reason["label"]), "said": words(reason["said"])}
        for place, reason in enumerate(read("rejection_reasons")["reasons"], 1)
    }
    finished("rejection_reasons")
    with audit.acting(SYSTEM, ACTION):
        return in_step(RejectionReason, wanted)
