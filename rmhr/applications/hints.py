"""What HR should know of who sent an application: the address proves nothing, and nothing is merged by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core.folding import folded
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.models.applications import Application


@dataclass(frozen=True)
class Hint:
    """A sentence, and the application that it speaks of."""

    words: str
    application: Application


def of(application: Application, same_address: Sequence[Application]) -> list[Hint]:
    """Where the same address has given another name or another phone number, the latest first; each identity once."""
    known = {_identity(application)}
    hints = []
    for other in same_address:
        if _identity(other) not in known:
            known.add(_identity(other))
            hints.append(Hint(_said(other, application), other))
    return hints


def _said(other: Application, application: Application) -> str:
    said: dict[str, Any] = {"name": other.name, "day": day_text(other.received_at), "phone": other.phone}
    if _plain(other.name) != _plain(application.name):
        return gettext("The same address applied as %(name)s on %(day)s.", **said)
    return gettext("The same address applied with the phone number %(phone)s on %(day)s.", **said)


def _identity(application: Application) -> tuple[str, str]:
    """Name and number as they are compared. A number that was left out contradicts none."""
    return _plain(application.name), "".join(c for c in application.phone if c.isdigit())


def _plain(name: str) -> str:
    return folded(" ".join(name.split()))
