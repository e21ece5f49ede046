"""The lists of open jobs: the one for everybody, and that of colleagues."""

from __future__ import annotations

from typing import Any

from rmhr.careers import queries as site
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.models.accounts import RmLevel, RmType
from rmhr.models.postings import Audience, Posting
from rmhr.postings import queries
from rmhr.postings.queries import public


def _count(number: int) -> str:
    return ngettext("%(num)s open job", "%(num)s open jobs", number)


def _where(it: Posting) -> str:
    return it.place if it.place == it.unit.name else f"{it.place}, {it.unit.name}"


def _public_filters(_viewer: Any) -> list[Filter]:
    """Only what there is can be chosen, and nothing where there is no choice."""
    offered = site.offered()

    def filter_by(name: str, label: Any, by: Any, options: list[tuple[Any, Any]]) -> Filter:
        return Filter(name, label, by, options, at_least=2)

    def members(found: list[Any]) -> list[tuple[Any, Any]]:
        return [(each, each.label) for each in found]

    places = [(place, place) for place in offered.places]
    return [
        filter_by("place", _("All places"), lambda _viewer, place: site.in_place(place), places),
        filter_by("unit", _("All units"), lambda _viewer, unit: site.in_unit(unit), offered.units),
        filter_by("type", _("All kinds"), Posting.rm_type, members(offered.types)),
        filter_by("level", _("All levels"), Posting.level, members(offered.levels)),
        filter_by(
            "hours", _("All hours"), lambda _viewer, hours: site.for_hours(hours), members(offered.hours)
        ),
        filter_by("remote", _("Remote work"), Posting.remote_work, members(offered.remote)),
    ]


#: What a stranger reads is no table: the page draws its rows itself.
PUBLIC: List[Posting] = List(
    name="careers.index",
    title=_("Open jobs"),
    count=_count,
    rows=lambda _viewer: site.listed(),
    key=Posting.id,
    order="closes",
    search=queries.lists.search_columns,
    search_label=_("Search jobs"),
    search_hint=_("Job or place"),
    filters=_public_filters,
    size=20,
    kept=False,
    opens=lambda it: Target("careers.show", {"slug": it.slug}),
    columns=(
        Column("title", _("Title"), lambda it: it.title, sort=queries.lists.title_column),
        Column("closes", _("Deadline"), lambda it: it.closes_on, sort=queries.lists.deadline_column),
        Column("new", _("Newest first"), lambda it: it.published_at, sort=Posting.published_at),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No open jobs at the moment"),
        _("We look for Relationship Managers several times a year. Please come back in a few weeks."),
        "megaphone",
    ),
)

INTERNAL: List[Posting] = List(
    name="jobs.index",
    title=_("Open jobs"),
    count=_count,
    rows=lambda _viewer: queries.postings.internal_list(),
    key=Posting.id,
    order="closes",
    search=queries.lists.search_columns,
    search_label=_("Search jobs"),
    search_hint=_("Job or place"),
    filters=(
        Filter("type", _("All kinds"), Posting.rm_type, RmType),
        Filter("level", _("All levels"), Posting.level, RmLevel),
        Filter(
            "place",
            _("All places"),
            Posting.place,
            lambda _viewer: [(place, place) for place in queries.postings.places(*Audience)],
        ),
        Filter("for", _("For everybody"), Posting.audience, Audience),
    ),
    size=30,
    opens=lambda it: Target("jobs.show", {"slug": it.slug}),
    columns=(
        Column(
            "title",
            _("Title"),
            lambda it: it.title,
            cell="name",
            note=_where,
            sort=queries.lists.title_column,
            phone=Phone.NAME,
        ),
        Column("for", _("For whom"), lambda it: it.audience, cell="state", phone=Phone.STATE),
        Column("type", _("Kind"), lambda it: it.rm_type, phone=Phone.MORE),
        Column("level", _("Level"), lambda it: it.level),
        Column(
            "pay", _("Pay"), public.pay, nothing=_("Not stated"), nowrap=True, phone=Phone.SIDE, named=True
        ),
        Column(
            "closes",
            _("Apply until"),
            lambda it: it.closes_on,
            cell="day",
            sort=queries.lists.deadline_column,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "new",
            _("Published"),
            lambda it: it.published_at,
            cell="day",
            sort=Posting.published_at,
            shown=False,
        ),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No open jobs at the moment"),
        _(
            "Positions inside the bank appear here as soon as they are open. Your supervisor does not learn that you "
            "look at them."
        ),
        "briefcase",
    ),
)
