"""The parts of this area, as they stand side by side on its lists."""

from __future__ import annotations

from typing import Any

from flask import url_for

from rmhr.core.i18n import _
from rmhr.postings import policies

PARTS = (
    (_("Postings"), "postings.index", policies.SEE),
    (_("Requisitions"), "requisitions.index", policies.REQUEST),
    (_("Headcount plan"), "headcount.index", policies.REQUEST),
    (_("Question sets"), "question_sets.index", policies.KEEP_SETS),
)


def parts(viewer: Any, here: str) -> list[tuple[Any, str, bool, None]]:
    """What this person may open, as components/header.html draws it; nothing where that is only one."""
    found = [
        (words, url_for(endpoint), endpoint == here, None)
        for words, endpoint, allowed in PARTS
        if allowed(viewer)
    ]
    return found if len(found) > 1 else []
