"""The list of shadowing programmes that somebody has to do with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.accounts import queries as accounts
from rmhr.core.folding import by_name
from rmhr.core.history.records import Read
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, State, Target
from rmhr.models.accounts import User
from rmhr.models.shadowing import ProgrammeStatus, ShadowingProgramme
from rmhr.shadowing import queries, records

SIGNED = ProgrammeStatus.SIGNED_OFF


@dataclass(frozen=True)
class Line:
    """A programme of the list with its numbers, and what was signed off of it, once it is."""

    it: ShadowingProgramme
    confirmed: int
    needed: int
    waiting: int
    kept: Any = None

    @property
    def name(self) -> str:
        """Whose it is; once it is signed off, as that person was called then."""
        return str(self.kept.rm if self.kept else self.it.user.name)

    @property
    def mentor(self) -> str:
        """Who guides; once it is signed off, who did."""
        return str(self.kept.mentor if self.kept else self.it.mentor.name)


def _read(_viewer: Any, rows: Sequence[Any]) -> list[Line]:
    signed = [row.ShadowingProgramme for row in rows if row.ShadowingProgramme.status is SIGNED]
    kept = records.LADDER.kept([each.id for each in signed]) if signed else {}
    return [_line(row, kept.get(row.ShadowingProgramme.id)) for row in rows]


def _line(row: Any, kept: Read | None) -> Line:
    it = row.ShadowingProgramme
    if kept is None:
        return Line(it, row.confirmed, row.needed, row.waiting)
    rungs = kept.says.rungs
    return Line(
        it, sum(each.done for each in rungs), sum(each.needed for each in rungs), row.waiting, kept.says
    )


def _confirmed(row: Any) -> str:
    return gettext("%(done)s of %(all)s", done=row.confirmed, all=row.needed)


def _waiting(row: Any) -> State | None:
    if not row.waiting:
        return None
    return State(ngettext("%(num)s to confirm", "%(num)s to confirm", row.waiting), "info", "hourglass-split")


PROGRAMMES: List[Line] = List(
    name="shadowing.index",
    title=_("Job shadowing"),
    count=lambda number: ngettext("%(num)s programme", "%(num)s programmes", number),
    rows=queries.overview,
    key=ShadowingProgramme.id,
    read=_read,
    order="-start",
    search=(accounts.findable.PEOPLE.by(User.id),),
    search_label=_("Search by name"),
    search_hint=_("Name"),
    filters=(Filter("status", _("Every state"), ShadowingProgramme.status, ProgrammeStatus),),
    opens=lambda row: Target("shadowing.show", {"id": row.it.id}),
    columns=(
        Column(
            "name",
            _("Name"),
            lambda row: row.name,
            cell="name",
            sort=by_name(User.name),
            phone=Phone.NAME,
        ),
        Column("status", _("State"), lambda row: row.it.status, cell="pill", phone=Phone.STATE),
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
        Column("mentor", _("Mentor"), lambda row: row.mentor, phone=Phone.MORE),
        Column(
            "start",
            _("Began"),
            lambda row: row.it.starts_on,
            cell="day",
            sort=ShadowingProgramme.starts_on,
        ),
        Column("due", _("Sign-off by"), lambda row: row.it.due_on, cell="day", phone=Phone.SIDE, named=True),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No programme yet"),
        _("A programme opens by itself when somebody is hired. Whoever hosts a session confirms it here."),
        "people",
    ),
)
