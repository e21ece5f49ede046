"""The list of interviews, and the record of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.applications import policies as who
from rmhr.core import clock
from rmhr.core.history.audit import Entry, timeline
from rmhr.core.i18n import _, gettext, speaking
from rmhr.core.words import begins_in
from rmhr.interviews import bulk, lists, policies, queries
from rmhr.interviews.guidance import guidance
from rmhr.interviews.kit import Part, parts_of
from rmhr.interviews.views.blueprint import bp
from rmhr.interviews.workflow import FLOW, SCORECARDS
from rmhr.models.accounts import Role, User
from rmhr.models.competencies import Level
from rmhr.models.interviews import (
    Interview,
    InterviewKind,
    InterviewStatus,
    KitScenario,
    Scorecard,
    ScorecardStatus,
)
from rmhr.web.auth import me
from rmhr.web.bulk import add_bulk_page
from rmhr.web.exports import add_export
from rmhr.web.lists import matching
from rmhr.web.lists import read as read_list
from rmhr.web.sensitive import sensitive, shown
from rmhr.web.transitions import Question, add_transition_route

#: What one says of an interview that is over: not offered before, where another button says already why not.
AFTERWARDS = ("miss", "unhold")
#: What HR does about a scorecard that is missing, from the list of the panel.
ABOUT_MISSING = ("excuse", "expect")
#: A phone number has at least so many signs; what is shorter is an extension or no number.
SHORTEST_NUMBER = 6
#: A draft is saved every few seconds; in a history that would hide everything else.
NOT_TOLD = {"interviews.save_rating", "interviews.save_summary"}


@bp.get("/interviews/", access=policies.ENTER)
def index() -> ResponseReturnValue:
    """All interviews for HR; for interviewers their own, by what is to be done."""
    viewer = me()
    if not viewer.has(Role.HR):
        return render_template("interviews/mine.html", groups=_groups(queries.meetings.sat_by(viewer)))
    sits = bool(viewer.has(Role.INTERVIEWER) and queries.meetings.sat_by(viewer))
    return render_template("interviews/index.html", listing=read_list(lists.INTERVIEWS), sits=sits)


add_export(bp, lists.INTERVIEWS, "/interviews/export", access=policies.HR)
add_bulk_page(
    bp,
    (bulk.REMIND,),
    policies.REMIND_ALL,
    url="/interviews/bulk/<verb>",
    matching=lambda most: matching(lists.INTERVIEWS, most),
)


@bp.get("/interviews/mine", access=policies.ENTER)
def mine() -> ResponseReturnValue:
    """One's own interviews, for whoever also sees the list of all."""
    return render_template("interviews/mine.html", groups=_groups(queries.meetings.sat_by(me())))


def _groups(sat: Sequence[tuple[Interview, Scorecard]]) -> dict[str, list[tuple[Interview, Scorecard]]]:
    """Own interviews as today, to rate, coming and past; each stands in one group."""
    groups: dict[str, list[tuple[Interview, Scorecard]]] = {"rate": [], "today": [], "coming": [], "past": []}
    for interview, card in sat:
        over = interview.status not in queries.meetings.STANDING
        if over or card.status is not ScorecardStatus.DRAFT:
            groups["past"].insert(0, (interview, card))
        elif interview.starts_at <= clock.now():
            groups["rate"].append((interview, card))
        elif interview.day == clock.today():
            groups["today"].append((interview, card))
        else:
            groups["coming"].append((interview, card))
    return groups


@bp.get("/interviews/<int:id>", access=policies.ENTER)
@sensitive
def show(id: int) -> ResponseReturnValue:
    """One interview: facts, panel, questions, CV, and the scorecards as far as one may read them."""
    viewer, it = me(), queries.meetings.get(me(), id)
    seat = next((seat for seat in it.seats if seat.interviewer_id == viewer.id), None)
    comparison = queries.scorecards.compared(viewer, it)
    if comparison:
        shown(it)
    return render_template(
        "interviews/show.html",
        it=it,
        application=it.application,
        moves=[
            move
            for move in FLOW.moves(viewer, it)
            if not (move.blocked and move.transition.name in AFTERWARDS)
        ],
        may_move=policies.PLAN(viewer, it.application) and it.status is InterviewStatus.PLANNED,
        seat=seat,
        phase=phase_of(it),
        meeting=Meeting.of(it),
        viewer=viewer,
        comparison=comparison,
        why_hidden=_why_hidden(viewer, it),
        kit=_kit(it),
        guidance=guidance(),
        entries=_history(it),
        stands=it.status in queries.meetings.STANDING,
        seats=[(each, _moves_of(viewer, each.scorecard)) for each in it.seats],
        crumbs=_crumbs(it),
        represented=bool(it.representative_at) and who.SEE_DISCLOSURE(viewer, it.application),
    )


@bp.get("/interviews/<int:id>/sheet", access=policies.ENTER)
def sheet(id: int) -> ResponseReturnValue:
    """What the candidate is handed of a scenario, in their language: the task and the case, nothing of the panel's."""
    it = queries.meetings.get(me(), id)
    if not it.scenarios:
        abort(404)
    with speaking(it.application.language):
        told = [(str(each.text), str(each.case), times_of(each)) for each in it.scenarios]
    return render_template("interviews/sheet.html", it=it, told=told, spoken=it.application.language)


def times_of(scenario: KitScenario) -> str:
    """How long one prepares and does it, in words."""
    return gettext(
        "%(prepare)s minutes to prepare, then %(minutes)s minutes",
        prepare=scenario.preparation_minutes,
        minutes=scenario.minutes,
    )


def phase_of(it: Interview) -> str:
    """Whether it is "before" the interview, "now", or "over"."""
    if clock.now() < it.starts_at:
        return "before"
    return "now" if clock.now() < it.ends_at else "over"


@dataclass(frozen=True)
class Meeting:
    """How the panel gets there: what the page says first, and the address where one joins or calls, if there is one."""

    label: Any
    place: str
    url: str  # empty where there is nothing to click
    verb: Any
    soon: str  # "Begins in 25 minutes", "Under way"; empty where it is further off or over

    @classmethod
    def of(cls, it: Interview) -> Meeting:
        """Read off the kind of interview and its place."""
        label, verb, url = MEETS[it.kind]
        soon = gettext("Under way") if phase_of(it) == "now" else begins_in(it.starts_at)
        return cls(label, it.place, url(it.place), verb, soon)


def _nowhere(_place: str) -> str:
    return ""


def _link(place: str) -> str:
    return next((word for word in place.split() if word.startswith(("https://", "http://"))), "")


def _number(place: str) -> str:
    """What a telephone dials, where the place is a number and nothing else."""
    digits = "".join(sign for sign in place if sign in "+0123456789")
    return f"tel:{digits}" if len(digits) >= SHORTEST_NUMBER and not any(map(str.isalpha, place)) else ""


#: What stands above the place, on the button, and how its address is read off the place.
MEETS: dict[InterviewKind, tuple[Any, Any, Callable[[str], str]]] = {
    InterviewKind.IN_PERSON: (_("You meet here"), "", _nowhere),
    InterviewKind.VIDEO: (_("You meet by video"), _("Join the video call"), _link),
    InterviewKind.PHONE: (_("You talk by phone"), _("Call"), _number),
}


def levels_of(part: Part, target: int | None) -> list[tuple[str, Any, str, Any]]:
    """(figure, name, behaviour, mark) of the five levels of a part; marked is the one that is expected."""
    return [
        (
            str(anchor.level),
            Level(str(anchor.level)).label,
            str(anchor.text),
            _("Expected") if anchor.level == target else None,
        )
        for anchor in part.anchors
    ]


def _kit(it: Interview) -> list[tuple[Part, list[tuple[str, Any, str, Any]]]]:
    """The parts in their order, each with what its levels look like."""
    targets = queries.planning.targets(it.application.posting.rm_type)
    return [(part, levels_of(part, targets.get(part.competency.id))) for part in parts_of(it)]


def _why_hidden(viewer: User, it: Interview) -> str:
    """Why the ratings of others are not there yet; empty where there is nothing to say."""
    if it.status not in queries.meetings.STANDING:
        return ""
    out = [
        seat
        for seat in it.seats
        if seat.scorecard is not None and seat.scorecard.status is ScorecardStatus.DRAFT
    ]
    own = next((seat for seat in it.seats if seat.interviewer_id == viewer.id), None)
    if own is not None:
        if own in out:
            return gettext(
                "You see what the others rated once your own scorecard is handed in: whoever knows the "
                "others' opinion no longer judges independently."
            )
        return ""
    if out:
        return gettext(
            "Ratings are shown once all scorecards are in, so that nobody who is still rating can be told "
            "what the others think."
        )
    return ""


def _moves_of(viewer: User, card: Scorecard | None) -> list[Any]:
    """What this person may do about a scorecard that is missing."""
    if card is None or card.seat.interview.status not in queries.meetings.STANDING:
        return []
    moves = SCORECARDS.moves(viewer, card)
    return [move.transition for move in moves if move.transition.name in ABOUT_MISSING and not move.blocked]


def _history(it: Interview) -> list[Entry]:
    cards = [seat.scorecard for seat in it.seats if seat.scorecard is not None]
    return [entry for entry in timeline(it, *cards) if entry.action not in NOT_TOLD]


def _crumbs(it: Interview) -> list[tuple[Any, str | None]]:
    return [(_("Interviews"), url_for("interviews.index")), (it.application.name, None)]


add_transition_route(
    bp,
    FLOW,
    queries.meetings.get,
    policies.ENTER,
    about=lambda meeting: f"{meeting.round.name}, {meeting.application.name}",
    url="/interviews/<int:id>/<name>",
    questions={name: Question(template="tells.html", shows_mail=True) for name in ("cancel", "miss", "find")},
)
