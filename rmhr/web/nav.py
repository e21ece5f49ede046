"""The areas in the bar at the top, by role. Each stage declares its own (`NAV` in its views)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from rmhr.core import registry
from rmhr.models.accounts import Role, User


@dataclass(frozen=True, kw_only=True)
class Area:
    """An entry of the bar: a part of the product that some roles may enter."""

    label: Any
    endpoint: str
    roles: tuple[Role, ...]
    icon: str
    order: int
    unless: tuple[Role, ...] = ()  # not for these: they have another area for the same thing
    seldom: tuple[Role, ...] = ()  # those of them who need it less than weekly: it stands behind the others
    tab: bool = False  # one of the five at the foot of an RM's phone
    count: Callable[[User], int] | None = None  # what waits there
    belongs: tuple[str, ...] = ()  # blueprints or endpoints that count as being there; its own by default


@dataclass(frozen=True)
class Link:
    """An area as one person sees it now."""

    label: Any
    url: str
    icon: str
    current: bool
    count: int | None
    tab: bool


def areas_of(user: User | None) -> list[Link]:
    """The areas that this person may enter: first those that one of their roles needs weekly, each part in order."""
    if user is None:
        return []
    here = {request.blueprint, request.endpoint}
    return [
        Link(
            label=area.label,
            url=url_for(area.endpoint),
            icon=area.icon,
            current=not here.isdisjoint(area.belongs or (area.endpoint.split(".")[0],)),
            count=area.count(user) if area.count else None,
            tab=area.tab,
        )
        for area in sorted(registry.AREAS.values(), key=lambda area: (not is_weekly(area, user), area.order))
        if user.has(*area.roles) and not user.has(*area.unless)
    ]


def is_weekly(area: Area, user: User) -> bool:
    """Whether one of this person's roles needs the area at least weekly."""
    return any(user.has(role) for role in area.roles if role not in area.seldom)
