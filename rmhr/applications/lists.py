"""The list of applications, as colleagues work through it."""

from __future__ import annotations

from typing import Any

from rmhr.applications import bulk, progress, queries, sources, stages
from rmhr.applications.queries.lists import (
    EMAIL,
    LEVEL,
    MUSTS,
    PLACE,
    RM_TYPE,
    TEXT_STATE,
    TITLE,
    UNIT,
    WAY,
)
from rmhr.core import clock
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, State, Target, View
from rmhr.core.words import day_text, days_since
from rmhr.models.accounts import RmLevel
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.sourcing import SourceKind


def _way(it: Any) -> str:
    return sources.in_words(it.source, it.channel, it.campaign, it.referrer)


def _below_the_name(it: Any) -> list[Any]:
    """By which way it came; and of a colleague, that their supervisor is not to know of it."""
    if it.supervisor_may_know:
        return [_way(it)]
    return [_way(it), State(_("The supervisor does not know yet"), "warning", "eye-slash")]


def _musts(it: Any) -> str | None:
    """ "2 of 3" of the criteria that must be met; None before the first is judged."""
    return gettext("%(met)s of %(all)s", met=it.met, all=it.musts) if it.met is not None else None


def _in_this_stage(it: Any) -> Any:
    """ "9 days", toned where that is long."""
    said, tone = days_since(it.status_since), progress.age_tone(it)
    return State(said, tone, "hourglass-split", strong=True) if tone else said


def _next_step(it: Any) -> str | None:
    """What is to be done, in words without a page."""
    step = progress.next_step(it)
    if step is None or step.on is None:
        return str(step.words) if step else None
    return gettext("%(what)s by", what=str(step.words)) + " " + day_text(step.on)


APPLICATIONS: List[Any] = List(
    name="applications.index",
    title=_("Applications"),
    count=lambda number: ngettext("%(num)s application", "%(num)s applications", number),
    rows=queries.lists.listed,
    key=Application.id,
    order="-applied",
    search=(queries.findable.APPLICATIONS.by(Application.id),),
    search_label=_("Search applications"),
    search_hint=_("Name, e-mail or words in the CV and answers"),
    filters=(
        Filter("posting", _("Posting"), Application.posting_id, queries.lists.POSTINGS),
        Filter("status", _("Stage"), Application.status, ApplicationStatus),
        Filter("source", _("Source"), Application.source, SourceKind),
        Filter(
            "place", _("Place"), lambda _viewer, unit: queries.lists.would_work_in(unit), queries.lists.PLACES
        ),
    ),
    viewed_by=Application.status,
    views=(
        View("", _("All")),
        *(View(view.value, view.label, stages.in_view(view)) for view in stages.View),
    ),
    counted=queries.applications.visible_to,
    opens=lambda it: Target("applications.show", {"id": it.id}),
    leafed=True,
    bulk=(bulk.SHORTLIST, bulk.REJECT),
    cells="applications/_cells.html",
    wide=True,
    columns=(
        Column(
            "name",
            _("Name"),
            lambda it: it.name,
            cell="name",
            note=_below_the_name,
            reads=(Application.name, Application.supervisor_may_know, *WAY),
            sort=by_name(Application.name),
            phone=Phone.NAME,
        ),
        Column("email", _("E-mail"), lambda it: it.email, reads=(EMAIL,), shown=False, phone=Phone.MORE),
        Column(
            "phone",
            _("Phone"),
            lambda it: it.phone,
            reads=(Application.phone,),
            nowrap=True,
            shown=False,
            phone=Phone.MORE,
        ),
        Column(
            "posting",
            _("Posting"),
            lambda it: it.title,
            cell="posting",
            note=lambda it: it.level.label if it.level is not RmLevel.RM else None,
            reads=(TITLE, LEVEL, RM_TYPE, PLACE),
            phone=Phone.MORE,
        ),
        Column("unit", _("Unit"), lambda it: it.unit, reads=(UNIT,), shown=False, phone=Phone.MORE),
        Column(
            "status",
            _("Stage"),
            lambda it: it.status,
            cell="pill",
            reads=(Application.status,),
            phone=Phone.STATE,
        ),
        Column(
            "musts",
            _("Musts met"),
            _musts,
            reads=MUSTS,
            nothing=_("Not judged yet"),
            amount=True,
        ),
        Column(
            "stage",
            _("In this stage"),
            _in_this_stage,
            cell="state",
            reads=(Application.status, Application.status_since),
            sort=Application.status_since,
            nowrap=True,
            phone=Phone.SIDE,
            on_phone=lambda value: isinstance(value, State),
        ),
        Column(
            "since",
            _("In this stage since"),
            lambda it: clock.local(it.status_since).date(),
            cell="day",
            reads=(Application.status_since,),
            nowrap=True,
            shown=False,
        ),
        Column(
            "step",
            _("Next step"),
            progress.next_step,
            cell="step",
            reads=(Application.status, Application.screen_by, Application.interview_by, TEXT_STATE),
            nothing=_("Nothing to do"),
            file=_next_step,
            phone=Phone.MAIN,
        ),
        Column(
            "screen_by",
            _("Screen by"),
            lambda it: it.screen_by,
            cell="day",
            reads=(Application.screen_by,),
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
            shown=False,
        ),
        Column(
            "interview_by",
            _("Plan interview by"),
            lambda it: it.interview_by,
            cell="day",
            reads=(Application.interview_by,),
            nothing=_("Not shortlisted"),
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
            shown=False,
        ),
        Column(
            "applied",
            _("Applied"),
            lambda it: clock.local(it.received_at).date(),
            cell="day",
            reads=(Application.received_at,),
            sort=Application.received_at,
            nowrap=True,
        ),
        Column("source", _("Source"), _way, reads=WAY, shown=False),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No applications yet"),
        _("Applications from the career site appear here. Publish a posting to begin."),
        target=Target("postings.index"),
        verb=_("To the postings"),
    ),
)
