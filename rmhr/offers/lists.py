"""The list of offers, for those who may know what is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.applications import queries as applications
from rmhr.core import clock
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.core.words import major
from rmhr.models.offers import Offer, OfferStatus
from rmhr.offers import queries, records


@dataclass(frozen=True)
class Line:
    """An offer with what it says: the terms as they were sent, or as they stand in the draft."""

    offer: Offer
    terms: Any  # of records.OFFER, or the draft itself: pay, currency, pay_period, starts_on, expires_on
    candidate: str
    posting: Any
    unit: str


def _lines(_viewer: Any, offers: Sequence[Offer]) -> list[Line]:
    kept = records.sent(offers)
    return [_line(offer, kept[offer.id].says if offer.id in kept else None) for offer in offers]


def _line(offer: Offer, says: Any) -> Line:
    if says is not None:
        return Line(offer, says, says.candidate, says.posting, says.unit)
    application = offer.application
    return Line(offer, offer, application.name, application.posting.title, application.posting.unit.name)


OFFERS: List[Line] = List(
    name="offers.index",
    title=_("Offers"),
    count=lambda number: ngettext("%(num)s offer", "%(num)s offers", number),
    rows=queries.listed,
    read=_lines,
    key=Offer.id,
    order="-made",
    search=(applications.findable.CANDIDATES.by(Offer.application_id),),
    search_label=_("Search offers"),
    search_hint=_("Name"),
    filters=(Filter("status", _("Status"), Offer.status, OfferStatus),),
    opens=lambda it: Target("offers.show", {"id": it.offer.id}),
    cells="offers/_cells.html",
    columns=(
        Column(
            "name",
            _("Candidate"),
            lambda it: it.candidate,
            cell="name",
            note=lambda it: f"{it.posting}, {it.unit}",
            sort=by_name(queries.CANDIDATE),
            phone=Phone.NAME,
        ),
        Column("posting", _("Posting"), lambda it: it.posting, shown=False),
        Column("unit", _("Unit"), lambda it: it.unit, shown=False),
        Column("status", _("Status"), lambda it: it.offer.status, cell="pill", phone=Phone.STATE),
        Column(
            "pay",
            _("Pay"),
            lambda it: it.terms.pay,
            cell="pay",
            file=lambda it: major(it.terms.pay, it.terms.currency),
            amount=True,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column("currency", _("Currency"), lambda it: it.terms.currency, shown=False),
        Column("period", _("Period"), lambda it: it.terms.pay_period, shown=False),
        Column(
            "start",
            _("First day"),
            lambda it: it.terms.starts_on,
            cell="day",
            sort=Offer.starts_on,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "until",
            _("Open until"),
            lambda it: it.terms.expires_on,
            cell="until",
            sort=Offer.expires_on,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "made",
            _("Written"),
            lambda it: clock.local(it.offer.created_at).date(),
            cell="day",
            sort=Offer.created_at,
            nowrap=True,
        ),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No offers yet"),
        _("You write an offer on the page of an application once it is decided to hire."),
        "envelope-open",
    ),
)
