"""What somebody had before them when they decided or changed something: the status and the version of a thing.

A page puts it into each of its forms. Whoever sends one from an older page is told, and nothing is overwritten.
"""

from __future__ import annotations

from typing import Any

from rmhr.core.db import Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.errors import Stale
from rmhr.core.i18n import gettext


def seen_of(thing: Any) -> str:
    """The status and the row version of a thing, as far as it has them: "logged.4", "logged", ".4"."""
    status = getattr(thing, "status", None)
    said = status.value if isinstance(status, LabelEnum) else ""
    return f"{said}.{thing.version}" if isinstance(thing, Versioned) else said


def is_stale(thing: Any, seen: str | None) -> bool:
    """Whether the thing is not any more what was seen. A status alone is compared by the status alone."""
    if not seen:
        return False
    now_status, _dot, now_version = seen_of(thing).partition(".")
    status, _dot, version = seen.partition(".")
    return status != now_status or bool(version and version != now_version)


def require_seen(thing: Any, seen: str | None) -> None:
    """Raise Stale where the thing is not any more what was seen."""
    if is_stale(thing, seen):
        raise Stale(gettext("This has changed since you opened it. Please look again."))


def name_of(thing: Any) -> str:
    """A name by which the forms of a page know that they show the same thing: "scorecard-12"."""
    return f"{getattr(thing, '__tablename__', '')}-{thing.id}"
