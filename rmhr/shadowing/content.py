"""The ladder, the kinds of sessions and the checklist, from rmhr/content/shadowing.yaml."""

from __future__ import annotations

from rmhr.content import read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.shadowing import Activity, ChecklistItem, HowFar, Rung, RungRule

registry.SENTENCES.add("shadowing.load_content", _("Shadowing stages loaded"))


def load() -> Loaded:
    """Bring kinds of sessions, ladder and checklist in step with their file; what somebody has edited stays."""
    given = read("shadowing")
    activities = {
        each["id"]: {
            "position": position,
            "name": words(each["name"]),
            "minutes": each["minutes"],
            "with_client": each.get("with_client", False),
        }
        for position, each in enumerate(given["session_types"], 1)
    }
    rungs = {
        Rung(each.among("id", Rung)): {
            "position": each["order"],
            "sessions": each["min_sessions"],
            "text": words(each["rule"]),
        }
        for each in given["ladder"]
    }
    checklist = {
        each["id"]: {
            "position": position,
            "text": words(each["text"]),
            "needed": HowFar(each.among("needed", HowFar)),
        }
        for position, each in enumerate(given["checklist"], 1)
    }
    finished("shadowing")
    with audit.acting(SYSTEM, "shadowing.load_content"):
        became = in_step(Activity, activities) + in_step(RungRule, rungs, key="rung")
        return became + in_step(ChecklistItem, checklist)
