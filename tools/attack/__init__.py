"""Attacks on the product, with figures (`make attack`): a module of this folder per kind, which registers itself."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Figure:
    """One line of what came of an attack: what was tried or measured, what came of it, whether the product held."""

    what: str
    came: str
    held: bool = True
    skipped: bool = False  # this machine cannot show it


Run = Callable[[], Iterator[Figure]]


@dataclass(frozen=True)
class Attack:
    """A kind of attack: its name on the command line, a line of help, and what does it."""

    name: str
    help: str
    run: Run


_attacks: dict[str, Attack] = {}


def attack(name: str, help: str) -> Callable[[Run], Run]:
    """Register a function as an attack. Raises ValueError for a second one of this name."""

    def register(run: Run) -> Run:
        if name in _attacks:
            raise ValueError(f"there are two attacks called {name}")
        _attacks[name] = Attack(name, help, run)
        return run

    return register


def attacks() -> list[Attack]:
    """All of them, by name; the modules of this folder are imported for it."""
    for module in pkgutil.iter_modules(__path__):
        if module.name != "__main__":
            import_module(f"{__name__}.{module.name}")
    return sorted(_attacks.values(), key=lambda each: each.name)
