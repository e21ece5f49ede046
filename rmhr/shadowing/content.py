"""The ladder and the kinds of sessions, from rmhr/content/shadowing.yaml."""

from __future__ import annotations

from rmhr.content import read, words
from rmhr.content.loading import Loaded, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.shadowing import Activity, Rung, RungRule

registry.SENTENCES.add("shadowing.load_content", _("Shadowing stages loaded"))


def load() -> Loaded:
    """Bring the kinds of sessions and the ladder in step with their file; what somebody has edited stays."""
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
    finished("shadowing")
    with audit.acting(SYSTEM, "shadowing.load_content"):
        return in_step(Activity, activities) + in_step(RungRule, rungs, key="rung")
