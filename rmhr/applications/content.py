"""The reasons for which applications are refused, from the starter content."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.applications import RejectionReason

ACTION = "applications.load_content"
registry.SENTENCES.add(ACTION, _("Starter content loaded"))


def load() -> int:
    """Add the reasons that are missing; change none that is there. Says how many were added."""
    known = set(db.session.scalars(sa.select(RejectionReason.code)))
    fresh = [
        RejectionReason(
            code=reason["code"], position=place, label=words(reason["label"]), said=words(reason["said"])
        )
        for place, reason in enumerate(read("rejection_reasons")["reasons"], 1)
        if reason["code"] not in known
    ]
    with audit.acting(SYSTEM, ACTION):
        db.session.add_all(fresh)
    return len(fresh)
