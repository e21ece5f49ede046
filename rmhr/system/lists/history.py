"""The list of the history: who did what to which thing, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.due.kinds import KINDS
from rmhr.core.due.words import day_of
from rmhr.core.history import audit, former_names
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.core.registry import LISTS
from rmhr.models.accounts import User
from rmhr.models.system import ActorKind, AuditEntry
from rmhr.system import queries, things

#: From how many days ago on.
SPANS = {"today": 0, "week": 6, "month": 29, "year": 364}
SPAN_WORDS = {
    "today": _("Today"),
    "week": _("Last 7 days"),
    "month": _("Last 30 days"),
    "year": _("Last 365 days"),
}


@dataclass(frozen=True)
class Line:
    """An entry of the history in words."""

    entry: AuditEntry
    now: str  # what whoever did it is called today, where it is a colleague

    @property
    def who(self) -> str:
        """Whoever did it, as they were called then; an applicant is never named."""
        entry = self.entry
        return entry.actor_name or self.now or str(entry.actor_kind.label)

    @property
    def renamed(self) -> str:
        """Today's name, where it is another one."""
        return self.now if self.now and self.now != self.who else ""

    @property
    def what(self) -> str:
        """The sentence of the deed."""
        return str(former_names.sentence(self.entry.action))

    @property
    def note(self) -> str:
        """The reason; of a list that was opened, what it is called."""
        note = self.entry.note
        return str(LISTS[note].title) if self.entry.action == audit.READ and note in LISTS else note

    @property
    def thing(self) -> str:
        """What it was done to."""
        return things.called(self.entry.subject_type, self.entry.subject_id)

    @property
    def target(self) -> Target | None:
        """The page of the thing."""
        return things.page_of(self.entry.subject_type, self.entry.subject_id)

    @property
    def changed(self) -> str:
        """What of it was changed, by the names of its columns."""
        return ", ".join(name for name in self.entry.changes if not name.startswith("("))


def _lines(_viewer: Any, entries: Sequence[AuditEntry]) -> list[Line]:
    names = queries.history.names_of(entries)
    return [
        Line(each, names.get(each.actor_id or 0, "") if each.actor_kind is ActorKind.USER else "")
        for each in entries
    ]


def _since(_viewer: Any, span: str) -> sa.ColumnElement[bool]:
    return AuditEntry.at >= clock.moment(clock.today() - timedelta(days=SPANS[span]))


def _of_stage(_viewer: Any, stage: str) -> sa.ColumnElement[bool]:
    """What a stage does today, also under the names that it had before."""
    prefix = f"{stage}."
    former = [old for old, new in former_names.RENAMED.items() if new.startswith(prefix)]
    gone = [old for old, new in former_names.RENAMED.items() if not new.startswith(prefix)]
    own = sa.and_(AuditEntry.action.startswith(prefix, autoescape=True), AuditEntry.action.not_in(gone))
    return sa.or_(own, AuditEntry.action.in_(former))


def _things(_viewer: Any) -> list[tuple[Any, Any]]:
    return sorted(
        ((table, word) for table, (word, _page) in things.THINGS.items()), key=lambda each: str(each[1])
    )


def _entries(number: int) -> str:
    return ngettext("%(num)s entry", "%(num)s entries", number)


HISTORY: List[Line] = List(
    name="history.index",
    title=_("History"),
    count=_entries,
    rows=lambda _viewer: queries.history.entries(),
    key=AuditEntry.id,
    read=_lines,
    order="-at",
    search=lambda: (
        AuditEntry.actor_name,
        User.name,
        AuditEntry.note,
        sa.cast(day_of(AuditEntry.at), sa.Text),
    ),
    search_label=_("Search by person, reason or day, as 2026-11-30"),
    search_hint=_("Person, reason, day"),
    filters=(
        Filter("span", _("Every day"), _since, list(SPAN_WORDS.items())),
        Filter("stage", _("Everything that is done"), _of_stage, list(KINDS.items())),
        Filter("thing", _("Every thing"), AuditEntry.subject_type, _things),
        Filter("by", _("Whoever did it"), AuditEntry.actor_kind, ActorKind),
    ),
    opens=lambda line: line.target,
    called=lambda line: f"{line.what}, {line.thing}",
    columns=(
        Column(
            "what",
            _("What was done"),
            lambda line: line.what,
            note=lambda line: line.note,
            phone=Phone.NAME,
        ),
        Column("thing", _("To what"), lambda line: line.thing, phone=Phone.SIDE),
        Column(
            "who",
            _("By whom"),
            lambda line: line.who,
            note=lambda line: line.renamed,
            phone=Phone.SIDE,
        ),
        Column(
            "at",
            _("When"),
            lambda line: line.entry.at,
            cell="moment",
            sort=AuditEntry.at,
            nowrap=True,
            phone=Phone.STATE,
        ),
        Column("changed", _("Columns changed"), lambda line: line.changed, shown=False),
        Column("number", _("Number of the entry"), lambda line: line.entry.id, amount=True, shown=False),
    ),
    nothing_fits=_("No results."),
    empty=Empty(
        _("Nothing has happened yet."),
        _(
            "Whatever is written in the product appears here, with whoever did it. Nobody can change or "
            "remove it."
        ),
        "clock-history",
    ),
)
