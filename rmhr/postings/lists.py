"""The list of postings: how each stands, what has come in, when it closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Action, Column, Empty, Filter, List, Phone, Target
from rmhr.models.accounts import RmType
from rmhr.models.postings import Posting, PostingStatus
from rmhr.postings import operations, policies, queries


@dataclass(frozen=True)
class Line:
    """A posting, and what has come of it; None where the reader may not know that."""

    it: Posting
    count: queries.lists.Counts | None

    @property
    def hired(self) -> str | None:
        """ "1 of 2"."""
        if self.count is None:
            return None
        return gettext("%(hired)s of %(wanted)s", hired=self.count.hired, wanted=self.it.openings)


def _read(viewer: Any, postings: Sequence[Posting]) -> list[Line]:
    """How many applied, for those postings whose applications this person may see. One query."""
    counts = queries.lists.counts(viewer, [it.id for it in postings if policies.RECRUIT(viewer, it)])
    return [Line(it, counts.get(it.id)) for it in postings]


def _actions(person: Any, line: Line) -> list[Action]:
    """What else can be done with a posting from the list."""
    posting, found = line.it, []
    if policies.RECRUIT(person, posting):
        found.append(
            Action(_("Applications"), Target("applications.index", {"posting": posting.id}), "inbox")
        )
    if policies.EDIT(person, posting) and posting.status in operations.agreed.WRITTEN:
        found.append(Action(_("Edit posting"), Target("postings.edit", {"id": posting.id}), "pencil"))
    if policies.CREATE(person):
        found.append(Action(_("Copy"), Target("postings.new", {"copy": posting.id}), "copy"))
    if posting.is_public:
        public = Target("careers.show", {"slug": posting.slug})
        found.append(Action(_("Public page"), public, "box-arrow-up-right"))
    return found


def _empty(viewer: Any) -> Empty:
    title, icon = _("No postings yet"), "megaphone"
    if not policies.CREATE(viewer):
        return Empty(title, _("When HR begins a posting for your team, you will find it here."), icon)
    text = _(
        "A posting describes the job in English and German. Begin with the starter text for one of the "
        "three kinds of Relationship Manager; it is public only when you publish it."
    )
    return Empty(title, text, icon, Target("postings.new"), _("New posting"))


POSTINGS: List[Line] = List(
    name="postings.index",
    title=_("Postings"),
    count=lambda number: ngettext("%(num)s posting", "%(num)s postings", number),
    rows=queries.postings.visible_to,
    key=Posting.id,
    read=_read,
    order="-new",
    search=queries.lists.search_columns,
    search_label=_("Search postings"),
    search_hint=_("Title, place or unit"),
    filters=(
        Filter("status", _("All statuses"), Posting.status, PostingStatus),
        Filter("type", _("All kinds"), Posting.rm_type, RmType),
        Filter(
            "unit",
            _("All units"),
            Posting.unit_id,
            accounts.units.UNITS,
        ),
        Filter(
            "owner", _("Everybody’s"), lambda viewer, _me: queries.lists.owned_by(viewer), [("me", _("Mine"))]
        ),
    ),
    opens=lambda line: Target("postings.show", {"id": line.it.id}),
    actions=_actions,
    cells="postings/_cells.html",
    wide=True,
    columns=(
        Column(
            "title",
            _("Title"),
            lambda line: line.it.title,
            cell="name",
            note=lambda line: f"{line.it.place}, {line.it.rm_type.label}",
            sort=queries.lists.title_column,
            phone=Phone.NAME,
        ),
        Column("status", _("Status"), lambda line: line.it.status, cell="pill", phone=Phone.STATE),
        Column("type", _("Kind"), lambda line: line.it.rm_type, shown=False),
        Column("level", _("Level"), lambda line: line.it.level, shown=False),
        Column(
            "unit", _("Unit"), lambda line: line.it.unit.name, loads=(joinedload(Posting.unit),), shown=False
        ),
        Column("place", _("Place of work"), lambda line: line.it.place, shown=False),
        Column("audience", _("Who reads it"), lambda line: line.it.audience, shown=False),
        Column("openings", _("Positions"), lambda line: line.it.openings, amount=True, shown=False),
        Column(
            "screen",
            _("To screen"),
            lambda line: (line.count and line.count.new) or None,
            file=lambda line: line.count and line.count.new,
            nothing=_("Nobody yet"),
            amount=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "selection",
            _("In selection"),
            lambda line: (line.count and line.count.under_way) or None,
            file=lambda line: line.count and line.count.under_way,
            nothing=_("Nobody yet"),
            amount=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "hired",
            _("Hired"),
            lambda line: line.hired,
            file=lambda line: line.count and line.count.hired,
            nothing=_("Nobody yet"),
            amount=True,
        ),
        Column("ended", _("Ended"), lambda line: line.count and line.count.ended, amount=True, shown=False),
        Column(
            "opened",
            _("Days open"),
            lambda line: line.it.days_open,
            nothing=_("Not open yet"),
            sort=queries.lists.opened_column,
            amount=True,
        ),
        Column("published", _("Published"), lambda line: line.it.published_at, cell="day", shown=False),
        Column(
            "closes",
            _("Deadline"),
            lambda line: line.it.closes_on,
            cell="deadline",
            nothing=_("No deadline yet"),
            sort=queries.lists.deadline_column,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "new",
            _("Begun"),
            lambda line: clock.local(line.it.created_at).date(),
            cell="day",
            sort=Posting.created_at,
            shown=False,
        ),
        Column(
            "manager",
            _("Hiring manager"),
            lambda line: line.it.hiring_manager.name,
            loads=(joinedload(Posting.hiring_manager),),
        ),
        Column(
            "recruiter",
            _("Recruiter"),
            lambda line: line.it.recruiter.name,
            loads=(joinedload(Posting.recruiter),),
        ),
    ),
    nothing_fits=_("No results"),
    empty=_empty,
)
