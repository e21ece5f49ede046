"""What happens to a person or thing whichever way it comes about: stages further on react, in order.

Somebody becomes an RM by an offer, an invitation or a change of place; what RMs get follows from that, not from the
way. The stage to the left says that it happens, inside an operation; those to the right register what then follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from rmhr.core import registry

#: (whoever acts, what it happens to)
Reaction = Callable[[Any, Any], Any]


class Occasions:
    """The things of one kind that can happen, by name."""

    def __init__(self, name: str, names: Iterable[str]) -> None:
        self.name, self.names = name, tuple(names)
        self._after: dict[str, list[tuple[int, Reaction]]] = defaultdict(list)
        registry.OCCASIONS.add(name, self)

    def after(self, *names: str, order: int) -> Callable[[Reaction], Reaction]:
        """Let a stage further on react to each of these, in the same transaction; if it fails, nothing has happened.

        Reactions run by `order`; one that needs what another one makes has the greater number. Raises KeyError for what
        cannot happen.
        """
        for name in names:
            if name not in self.names:
                raise KeyError(f"{self.name} has no {name}")

        def register(reaction: Reaction) -> Reaction:
            for name in names:
                self._after[name].append((order, reaction))
                self._after[name].sort(key=lambda each: each[0])
            return reaction

        return register

    def happen(self, name: str, actor: Any, subject: Any) -> None:
        """Let everybody react, inside the operation that brings it about."""
        for _order, reaction in self._after[name]:
            reaction(actor, subject)

    def reactions(self, name: str) -> list[str]:
        """What follows, by name: for the generated documentation."""
        return [f"{each.__module__.split('.')[1]}.{each.__name__}" for _order, each in self._after[name]]
