"""What a mail says has changed: from what to what, in the words of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core.i18n import gettext


@dataclass(frozen=True)
class Fact:
    """Something that is told of a thing: its name, its value, and how a value is said in the language being spoken."""

    label: Any  # lazy
    value: Any  # compared as it is: nothing that changes with the thing
    say: Callable[[Any], Any] = str

    def __str__(self) -> str:
        said = "" if self.value is None else str(self.say(self.value))
        return said or gettext("nothing")


@dataclass(frozen=True)
class Change:
    """One fact that is another than before."""

    before: Fact
    after: Fact

    @property
    def label(self) -> Any:
        """What has changed."""
        return self.after.label

    def __str__(self) -> str:
        """ "Room Alster → Room Elbe"."""
        return gettext("%(before)s → %(after)s", before=str(self.before), after=str(self.after))


def between(before: Sequence[Fact], after: Sequence[Fact]) -> list[Change]:
    """What is another in the second telling of the same facts. Raises ValueError where they are not the same facts."""
    pairs = zip(before, after, strict=True)
    return [Change(was, now) for was, now in pairs if was.value != now.value]
