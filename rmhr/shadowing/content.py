"""The ladder and the kinds of sessions, from rmhr/content/shadowing.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from rmhr.content import words
from rmhr.content.strict import whole
from rmhr.core import registry
from rmhr.core.db import Audited, db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.shadowing import Activity, Rung, RungRule

registry.SENTENCES.add("shadowing.load_content", _("Shadowing ladder loaded"))


def load() -> int:
    """Add what is missing; say how many rows."""
    kinds, steps = ladder()
    activities = set(db.session.scalars(sa.select(Activity.code)))
    rungs = set(db.session.scalars(sa.select(RungRule.rung)))
    fresh: list[Audited] = [Activity(**each) for each in kinds if each["code"] not in activities]
    fresh += [RungRule(**each) for each in steps if each["rung"] not in rungs]
    with audit.acting(SYSTEM, "shadowing.load_content"):
        db.session.add_all(fresh)
    return len(fresh)


@cache
def ladder() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All that the file says: the columns of each kind of session, and of each rung.

    Raises ContentError for what nobody reads.
    """
    with whole("shadowing") as given:
        kinds = [
            {
                "code": each["id"],
                "position": position,
                "name": words(each["name"]),
                "minutes": each["minutes"],
                "with_client": each.get("with_client", False),
            }
            for position, each in enumerate(given["session_types"], 1)
        ]
        steps = [
            {
                "rung": Rung(each["id"]),
                "position": each["order"],
                "sessions": each["min_sessions"],
                "text": words(each["rule"]),
            }
            for each in given["ladder"]
        ]
        return kinds, steps
