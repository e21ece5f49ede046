"""All recommendations, for HR, with the bonuses that are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core import clock
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone
from rmhr.models.accounts import User
from rmhr.models.sourcing import Referral, ReferralState
from rmhr.sourcing import policies
from rmhr.sourcing.queries import referrals


@dataclass(frozen=True)
class Line:
    """A recommendation, how far it is, and whether the reader may say that its bonus is paid."""

    it: Referral
    state: ReferralState
    may_pay: bool


def _read(viewer: Any, found: Sequence[Any]) -> list[Line]:
    return [Line(it, referrals.state_of(status), policies.PAY_BONUS(viewer, it)) for it, status in found]


def _bonus(line: Line) -> Any:
    """A word for a file: paid or due."""
    if line.it.bonus_paid_on:
        return _("Bonus paid")
    return _("Bonus due") if line.it.bonus_due_on else None


REFERRALS: List[Line] = List(
    name="referrals.everybodys",
    title=_("All referrals"),
    count=lambda number: ngettext("%(num)s referral", "%(num)s referrals", number),
    rows=referrals.listed,
    key=Referral.id,
    read=_read,
    order="-new",
    search=(Referral.name, Referral.email, User.name),
    search_label=_("Search referrals"),
    search_hint=_("Name, e-mail or referrer"),
    filters=(
        Filter(
            "bonus",
            _("Bonus"),
            lambda _viewer, wanted: referrals.bonus_is(wanted),
            [("due", _("Bonus due")), ("paid", _("Bonus paid"))],
        ),
    ),
    cells="sourcing/referrals/_cells.html",
    columns=(
        Column(
            "name",
            _("Referred"),
            lambda line: line.it.name,
            cell="name",
            note=lambda line: line.it.email,
            sort=by_name(Referral.name),
            phone=Phone.NAME,
        ),
        Column("email", _("E-mail"), lambda line: line.it.email, shown=False),
        Column("state", _("Current status"), lambda line: line.state, cell="pill", phone=Phone.STATE),
        Column(
            "posting", _("Position"), lambda line: line.it.posting.title, cell="posting", phone=Phone.MORE
        ),
        Column("place", _("Place"), lambda line: line.it.posting.place, shown=False),
        Column("referrer", _("Referred by"), lambda line: line.it.referrer.name, phone=Phone.SIDE),
        Column(
            "new",
            _("On"),
            lambda line: clock.local(line.it.created_at).date(),
            cell="day",
            sort=Referral.created_at,
            nowrap=True,
            phone=Phone.SIDE,
        ),
        Column(
            "bonus",
            _("Bonus"),
            lambda line: line.it.bonus_paid_on or line.it.bonus_due_on,
            cell="bonus",
            file=_bonus,
            nothing=_("No bonus"),
            phone=Phone.MAIN,
        ),
        Column(
            "erase",
            _("Delete on request"),
            lambda line: None if line.state is not ReferralState.INVITED else line.it.id,
            cell="erase",
            file=lambda _line: None,
            nothing=_("Part of the application"),
            phone=Phone.MORE,
        ),
        Column(
            "bonus_due",
            _("Bonus due"),
            lambda line: line.it.bonus_due_on,
            cell="day",
            phone=Phone.SIDE,
            named=True,
            shown=False,
        ),
        Column("bonus_paid", _("Bonus paid"), lambda line: line.it.bonus_paid_on, cell="day", shown=False),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("Nobody has been referred yet"),
        _(
            "Colleagues refer people under “Open jobs”. When one of them is hired, the bonus that is due "
            "appears here."
        ),
        "person-heart",
    ),
)
