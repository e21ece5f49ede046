"""The list of all interviews, for HR."""

from __future__ import annotations

from typing import Any

from rmhr.applications import queries as applications
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.interviews import bulk, queries
from rmhr.models.interviews import Interview, InterviewStatus


def _about(row: Any) -> Any:
    posting = row.Interview.application.posting
    return f"{posting.title}, {posting.unit.name}"


def _scorecards(row: Any) -> Any:
    """(how many are in, of how many); nothing where there was no interview."""
    return (row.handed_in, row.seats) if row.Interview.status in queries.meetings.STANDING else None


def _scorecards_said(row: Any) -> str | None:
    found = _scorecards(row)
    return gettext("%(done)s of %(all)s", done=found[0], all=found[1]) if found else None


#: A row is (Interview, seats, handed_in).
INTERVIEWS: List[Any] = List(
    name="interviews.index",
    title=_("Interviews"),
    count=lambda number: ngettext("%(num)s interview", "%(num)s interviews", number),
    rows=queries.meetings.listed,
    key=Interview.id,
    order="-when",
    search=(applications.findable.CANDIDATES.by(Interview.application_id), Interview.place),
    search_label=_("Search interviews"),
    search_hint=_("Name or place"),
    filters=(Filter("status", _("Status"), Interview.status, InterviewStatus),),
    opens=lambda row: Target("interviews.show", {"id": row.Interview.id}),
    bulk=(bulk.REMIND,),
    called=lambda row: f"{row.Interview.application.name}, {row.Interview.round.name}",
    cells="interviews/_cells.html",
    columns=(
        Column(
            "name",
            _("Candidate"),
            lambda row: row.Interview.application.name,
            cell="name",
            note=_about,
            sort=by_name(queries.meetings.CANDIDATE),
            phone=Phone.NAME,
        ),
        Column("posting", _("Posting"), lambda row: row.Interview.application.posting.title, shown=False),
        Column("unit", _("Unit"), lambda row: row.Interview.application.posting.unit.name, shown=False),
        Column(
            "when",
            _("When"),
            lambda row: row.Interview.starts_at,
            cell="moment",
            sort=Interview.starts_at,
            nowrap=True,
            phone=Phone.SIDE,
        ),
        Column("round", _("Round"), lambda row: row.Interview.round.name, phone=Phone.MORE),
        Column("kind", _("Where"), lambda row: row.Interview.kind),
        Column("place", _("Place"), lambda row: row.Interview.place, shown=False),
        Column(
            "scorecards",
            _("Scorecards"),
            _scorecards,
            cell="scorecards",
            file=_scorecards_said,
            nothing=_("No scorecards yet"),
            nowrap=True,
            phone=Phone.SIDE,
        ),
        Column("status", _("Status"), lambda row: row.Interview.status, cell="pill", phone=Phone.STATE),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No interviews yet"),
        _("You plan interviews on the page of a shortlisted application."),
        "chat-square-text",
        Target("applications.index", {"status": "shortlisted"}),
        _("Shortlisted applications"),
    ),
)
