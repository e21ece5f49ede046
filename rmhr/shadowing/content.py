"""The ladder and the kinds of sessions, from rmhr/content/onboarding.yaml."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.db import Audited, db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.shadowing import Activity, Rung, RungRule

registry.SENTENCES.add("shadowing.load_content", _("Shadowing ladder loaded"))


def load() -> int:
    """Add what is missing; say how many rows."""
    given = read("onboarding")["shadowing"]
    activities = set(db.session.scalars(sa.select(Activity.code)))
    rungs = set(db.session.scalars(sa.select(RungRule.rung)))
    fresh: list[Audited] = [
        Activity(
            code=each["id"],
            position=position,
            name=words(each["name"]),
            minutes=each["minutes"],
            with_client=each["id"] == "client_meeting",
        )
        for position, each in enumerate(given["session_types"], 1)
        if each["id"] not in activities
    ]
    fresh += [
        RungRule(
            rung=Rung(each["id"]),
            position=each["order"],
            sessions=each["min_sessions"],
            text=words(each["rule"]),
        )
        for each in given["ladder"]
        if each["min_sessions"] and Rung(each["id"]) not in rungs
    ]
    with audit.acting(SYSTEM, "shadowing.load_content"):
        db.session.add_all(fresh)
    return len(fresh)
