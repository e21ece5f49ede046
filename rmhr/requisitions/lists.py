"""The list of requisitions: who is needed where and until when, how each stands, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.models.accounts import RmType
from rmhr.models.requisitions import Requisition, RequisitionStatus
from rmhr.requisitions.queries import requisitions as queries
from rmhr.requisitions.stages import next_of


@dataclass(frozen=True)
class Line:
    """A requisition, and how many of its positions are advertised and filled."""

    it: Requisition
    progress: queries.Progress

    @property
    def filled(self) -> str:
        """ "1 of 2"."""
        return gettext("%(value)s of %(max)s", value=self.progress.filled, max=self.it.positions)


def _read(_viewer: Any, found: Sequence[Requisition]) -> list[Line]:
    progress = queries.progress([it.id for it in found])
    return [Line(it, progress[it.id]) for it in found]


REQUISITIONS: List[Line] = List(
    name="requisitions.index",
    title=_("Requisitions"),
    count=lambda number: ngettext("%(num)s requisition", "%(num)s requisitions", number),
    rows=queries.listed,
    key=Requisition.id,
    read=_read,
    order="-new",
    search=queries.search_columns,
    search_label=_("Search requisitions"),
    search_hint=_("Unit, person or reason"),
    filters=(
        Filter("status", _("All statuses"), Requisition.status, RequisitionStatus),
        Filter("type", _("All kinds"), Requisition.rm_type, RmType),
        Filter(
            "unit",
            _("All units"),
            lambda _viewer, unit: queries.in_unit(unit),
            accounts.units.UNITS,
        ),
    ),
    opens=lambda line: Target("requisitions.show", {"id": line.it.id}),
    columns=(
        Column(
            "kind",
            _("Needed"),
            lambda line: line.it.rm_type.label,
            cell="name",
            note=lambda line: f"{line.it.unit.name}, {line.it.level.label}",
            phone=Phone.NAME,
        ),
        Column("level", _("Level"), lambda line: line.it.level, shown=False),
        Column("unit", _("Unit"), lambda line: line.it.unit.name, shown=False),
        Column("status", _("Status"), lambda line: line.it.status, cell="pill", phone=Phone.STATE),
        Column(
            "next",
            _("What happens next"),
            lambda line: next_of(line.it, line.progress),
            loads=(joinedload(Requisition.approver),),
            phone=Phone.MAIN,
        ),
        Column(
            "positions",
            _("Positions"),
            lambda line: line.it.positions,
            sort=Requisition.positions,
            amount=True,
            shown=False,
        ),
        Column(
            "advertised", _("Advertised"), lambda line: line.progress.advertised, amount=True, shown=False
        ),
        Column(
            "filled",
            _("Filled"),
            lambda line: line.filled,
            file=lambda line: line.progress.filled,
            sort=Requisition.positions,
            amount=True,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "needed",
            _("Needed by"),
            lambda line: line.it.needed_by,
            cell="day",
            sort=Requisition.needed_by,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column("reason", _("Reason"), lambda line: line.it.reason, shown=False),
        Column(
            "pay_min",
            _("Budget from"),
            lambda line: line.it.pay_min / 100,
            cell="number",
            amount=True,
            shown=False,
        ),
        Column(
            "pay_max",
            _("Budget to"),
            lambda line: line.it.pay_max / 100,
            cell="number",
            amount=True,
            shown=False,
        ),
        Column("currency", _("Currency"), lambda line: line.it.currency, shown=False),
        Column("period", _("Period"), lambda line: line.it.pay_period, shown=False),
        Column("requester", _("Asked for by"), lambda line: line.it.requester.name),
        Column(
            "approver",
            _("Who decides"),
            lambda line: line.it.approver.name,
            loads=(joinedload(Requisition.approver),),
            shown=False,
        ),
        Column("over_plan", _("Beyond the plan because"), lambda line: line.it.over_plan, shown=False),
        Column(
            "new",
            _("Asked on"),
            lambda line: clock.local(line.it.created_at).date(),
            cell="day",
            sort=Requisition.created_at,
            nowrap=True,
        ),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No requisitions yet"),
        _(
            "A requisition says who is needed, where and why. When somebody else has approved it, HR can advertise "
            "the position."
        ),
        "person-plus",
        Target("requisitions.new"),
        _("New requisition"),
        primary=False,
    ),
)
