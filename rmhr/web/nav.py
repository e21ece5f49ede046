"""The areas in the bar at the top, by role. Each stage declares its own (`NAV` in its views)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app, request, url_for

from rmhr.core import registry
from rmhr.core.folding import folded
from rmhr.core.i18n import LANGUAGES, speaking
from rmhr.models.accounts import Role, User


@dataclass(frozen=True, kw_only=True, eq=False)
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

    label: str
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
            label=str(area.label),
            url=url_for(area.endpoint),
            icon=area.icon,
            current=not here.isdisjoint(area.belongs or (area.endpoint.split(".")[0],)),
            count=area.count(user) if area.count else None,
            tab=area.tab,
        )
        for area in _in_order(user.roles, tuple(registry.AREAS.values()))
    ]


@lru_cache(maxsize=256)
def _in_order(roles: frozenset[Role], areas: tuple[Area, ...]) -> list[Area]:
    """Those of these areas that somebody with these roles may enter."""
    entered = [area for area in areas if _is_for(area, roles)]
    return sorted(entered, key=lambda area: (not _is_weekly(area, roles), area.order))


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page that somebody looks for by name: where something is set, or explained."""

    label: Any
    endpoint: str
    about: Any  # what it is for; it is found by these words as well


def add_place(endpoint: str, label: Any, about: Any) -> None:
    """Let the search find a page, for whoever may open it."""
    registry.PLACES.add(endpoint, Place(label=label, endpoint=endpoint, about=about))


def places_called(user: User, typed: str) -> list[Place]:
    """The pages that say these words in one of the languages and that this person may open: areas, lists, places."""
    wanted = folded(typed).split()
    return [
        place
        for place in _places(user)
        if all(word in _said_of(place) for word in wanted) and _opens(user, place.endpoint)
    ]


def _places(user: User) -> list[Place]:
    """All there are, each page once; an area as this person's bar calls it."""
    areas = (area for area in registry.AREAS.values() if _is_for(area, user.roles))
    known = [
        *registry.PLACES.values(),
        *(Place(label=area.label, endpoint=area.endpoint, about="") for area in areas),
        *(Place(label=tab.label, endpoint=tab.endpoint, about="") for tab in registry.TABS.values()),
        *(Place(label=each.title, endpoint=each.name, about="") for each in registry.LISTS.values()),
    ]
    return list({place.endpoint: place for place in reversed(known)}.values())[::-1]


def _said_of(place: Place) -> str:
    said = []
    for code in LANGUAGES:
        with speaking(code):
            said.append(f"{place.label} {place.about}")
    return folded(" ".join(said))


def _opens(user: User, endpoint: str) -> bool:
    """Whether a page stands alone and its access rule lets this person in."""
    rules = list(current_app.url_map.iter_rules(endpoint))
    alone = any(not rule.arguments and "GET" in (rule.methods or ()) for rule in rules)
    view: Any = current_app.view_functions[endpoint]
    return alone and bool(view.access(user))


def _is_for(area: Area, roles: frozenset[Role]) -> bool:
    """Whether it stands in the bar of somebody with these roles."""
    return not roles.isdisjoint(area.roles) and roles.isdisjoint(area.unless)


def is_weekly(area: Area, user: User) -> bool:
    """Whether one of this person's roles needs the area at least weekly."""
    return _is_weekly(area, user.roles)


def _is_weekly(area: Area, roles: frozenset[Role]) -> bool:
    return any(role in roles for role in area.roles if role not in area.seldom)
