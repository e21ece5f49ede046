"""The list of offers, for those who may know what is paid."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.core.words import major
from rmhr.models.applications import Application
from rmhr.models.offers import Offer, OfferStatus
from rmhr.offers import queries


def _about(it: Offer) -> Any:
    return f"{it.application.posting.title}, {it.application.posting.unit.name}"


OFFERS: List[Offer] = List(
    name="offers.index",
    title=_("Offers"),
    count=lambda number: ngettext("%(num)s offer", "%(num)s offers", number),
    rows=queries.listed,
    key=Offer.id,
    order="-made",
    search=(Application.name,),
    search_label=_("Search offers"),
    search_hint=_("Name"),
    filters=(Filter("status", _("Status"), Offer.status, OfferStatus),),
    opens=lambda it: Target("offers.show", {"id": it.id}),
    cells="offers/_cells.html",
    columns=(
        Column(
            "name",
            _("Candidate"),
            lambda it: it.application.name,
            cell="name",
            note=_about,
            sort=Application.name,
            phone=Phone.NAME,
        ),
        Column("posting", _("Posting"), lambda it: it.application.posting.title, shown=False),
        Column("unit", _("Unit"), lambda it: it.application.posting.unit.name, shown=False),
        Column("status", _("Status"), lambda it: it.status, cell="pill", phone=Phone.STATE),
        Column(
            "pay",
            _("Pay"),
            lambda it: it.pay,
            cell="pay",
            file=lambda it: major(it.pay, it.currency),
            amount=True,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column("currency", _("Currency"), lambda it: it.currency, shown=False),
        Column("period", _("Period"), lambda it: it.pay_period, shown=False),
        Column(
            "start",
            _("First day"),
            lambda it: it.starts_on,
            cell="day",
            sort=Offer.starts_on,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "until",
            _("Open until"),
            lambda it: it.expires_on,
            cell="until",
            sort=Offer.expires_on,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "made",
            _("Written"),
            lambda it: clock.local(it.created_at).date(),
            cell="day",
            sort=Offer.created_at,
            nowrap=True,
        ),
    ),
    nothing_fits=_("No offer fits"),
    empty=Empty(
        _("No offers yet"),
        _("An offer is written from an application once it is decided to hire."),
        "envelope-open",
    ),
)
