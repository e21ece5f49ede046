"""Reminding people by hand of what they owe: stages say of what, the reminders say whether it may be, and write.

The stages come before the reminders and must not know them, so whoever writes registers here (`Asker`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rmhr.core import registry
from rmhr.core.db import Audited, db
from rmhr.core.due import sources as due
from rmhr.core.due.sources import Due
from rmhr.core.errors import NotPossible
from rmhr.core.history import audit
from rmhr.core.i18n import gettext


class Asker(Protocol):
    """Whoever keeps count of reminders by hand and writes them."""

    def refusals(self, asker: Any, things: Sequence[Due]) -> list[str | None]:
        """Why nobody may be reminded of each of these now, in words; None where one may. Few statements for all."""

    def ask(self, asker: Any, things: Sequence[Due]) -> list[str]:
        """Remind whoever owes these, with one mail each, inside the operation that runs; their names.

        Raises NotPossible where somebody else was faster.
        """


#: There is one who writes, and this is its name.
_BY_HAND = "by hand"


def register(asker: Asker) -> Asker:
    """Make this the one that writes. Raises ValueError where there is one already."""
    return registry.ASKERS.add(_BY_HAND, asker)


def _writer() -> Asker:
    return registry.ASKERS[_BY_HAND]


@dataclass(frozen=True)
class Owed:
    """What is owed of a stage's things: by which due sources, and in which of their columns the thing's id stands."""

    sources: tuple[str, ...]
    column: str

    def of(self, things: Sequence[Any]) -> list[list[Due]]:
        """What is owed of each of these things, soonest due first. One statement."""
        ids = [thing.id for thing in things]
        query = due.everything(lambda row: [row[self.column].in_(ids)], self.sources)
        found: dict[int, list[Due]] = defaultdict(list)
        for each in map(due.of, db.session.execute(query)) if query is not None and ids else ():
            of = each.words[self.column] if self.column in each.words else getattr(each, self.column)
            found[of].append(each)
        return [sorted(found[id], key=lambda each: each.on) for id in ids]

    def refusals(self, asker: Any, things: Sequence[Any]) -> list[str | None]:
        """Why nobody may be reminded of anything in each of these; None where one may of some of it."""
        return _refusals(asker, self.of(things))

    def ask(self, asker: Any, thing: Audited) -> str:
        """Remind whoever owes some of this, as far as they may be; their names, which stand in its history, too.

        Raises NotPossible where nobody may be reminded.
        """
        [owing] = self.of([thing])
        may = [each for each, no in zip(owing, _writer().refusals(asker, owing), strict=True) if no is None]
        if not may:
            raise NotPossible(str(_refusals(asker, [owing])[0]))
        names = ", ".join(_writer().ask(asker, may))
        audit.mention(thing, names)
        return names


def _refusals(asker: Any, groups: Sequence[Sequence[Due]]) -> list[str | None]:
    said = iter(_writer().refusals(asker, [each for group in groups for each in group]))
    answers = [[next(said) for _each in group] for group in groups]
    nothing = gettext("There is nothing that anybody should be reminded of.")
    return [None if None in group else next(iter(group), nothing) for group in answers]
