"""The list of shadowing programmes that somebody has to do with."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, State, Target
from rmhr.models.accounts import User
from rmhr.models.shadowing import ProgrammeStatus, ShadowingProgramme
from rmhr.shadowing import queries


def _confirmed(row: Any) -> str:
    return gettext("%(done)s of %(all)s", done=row.confirmed, all=row.needed)


def _waiting(row: Any) -> State | None:
    if not row.waiting:
        return None
    return State(ngettext("%(num)s to confirm", "%(num)s to confirm", row.waiting), "info", "hourglass-split")


#: A row is (ShadowingProgramme, confirmed, needed, waiting).
PROGRAMMES: List[Any] = List(
    name="shadowing.index",
    title=_("Job shadowing"),
    count=lambda number: ngettext("%(num)s programme", "%(num)s programmes", number),
    rows=queries.overview,
    key=ShadowingProgramme.id,
    order="-start",
    search=(User.name,),
    search_label=_("Search by name"),
    search_hint=_("Name"),
    filters=(Filter("status", _("Every state"), ShadowingProgramme.status, ProgrammeStatus),),
    opens=lambda row: Target("shadowing.show", {"id": row.ShadowingProgramme.id}),
    columns=(
        Column(
            "name",
            _("Name"),
            lambda row: row.ShadowingProgramme.user.name,
            cell="name",
            sort=User.name,
            phone=Phone.NAME,
        ),
        Column(
            "status", _("State"), lambda row: row.ShadowingProgramme.status, cell="pill", phone=Phone.STATE
        ),
        Column("confirmed", _("Confirmed sessions"), _confirmed, phone=Phone.MAIN, named=True),
        Column(
            "waiting",
            _("Waiting"),
            _waiting,
            cell="state",
            file=lambda row: row.waiting,
            nothing=_("Nothing to confirm"),
            phone=Phone.SIDE,
        ),
        Column("mentor", _("Mentor"), lambda row: row.ShadowingProgramme.mentor.name, phone=Phone.MORE),
        Column(
            "start",
            _("Began"),
            lambda row: row.ShadowingProgramme.starts_on,
            cell="day",
            sort=ShadowingProgramme.starts_on,
        ),
        Column("due", _("Sign-off by"), lambda row: row.ShadowingProgramme.due_on, cell="day"),
    ),
    nothing_fits=_("No programme fits"),
    empty=Empty(
        _("No programme yet"),
        _("A programme opens by itself when somebody is hired. Whoever hosts a session confirms it here."),
        "people",
    ),
)
