"""What the picture tool opens where an address names a thing: endpoint → values, a file per stage."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db

#: The values of an address.
Values = dict[str, Any]
#: What to open for whoever looks (None: a stranger): values, several of them, or nothing.
Found = Callable[[Any], Values | list[Values] | None]


@dataclass(frozen=True)
class Where:
    """An example of a page that is there only where the bank has said something else of itself than the demo bank."""

    said: Mapping[str, Any]  # column of bank_duties → value
    found: Found


#: One of these, or why there is no picture.
Example = Found | Where | str


def known() -> dict[str, Example]:
    """The examples of all stages. Raises ValueError where two files have one of the same endpoint."""
    found: dict[str, Example] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        for endpoint, example in import_module(module.name).EXAMPLES.items():
            if endpoint in found:
                raise ValueError(f"two examples of {endpoint}")
            found[endpoint] = example
    return found


def first(query: sa.Select[Any]) -> Any:
    """The first thing that a query finds; None where it finds nothing."""
    return db.session.scalars(query.limit(1)).unique().first()


def by_id(thing: Any, **more: Any) -> Values | None:
    """The values of an address that has the thing's number, and `more`; None without a thing."""
    return {"id": thing.id, **more} if thing is not None else None
