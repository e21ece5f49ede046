"""Scorecards: one's own, a page for each competency and then the advice; corrections; and those nobody waits for."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.history.records import Read
from rmhr.core.i18n import gettext
from rmhr.core.words import moment, time_of_day
from rmhr.interviews import forms, operations, policies, queries, records
from rmhr.interviews.comparison import key_of
from rmhr.interviews.guidance import guidance
from rmhr.interviews.kit import Part, named, parts_of
from rmhr.interviews.views.blueprint import bp
from rmhr.interviews.views.meetings import levels_of
from rmhr.interviews.workflow import SCORECARDS, unfinished
from rmhr.models.competencies import Level
from rmhr.models.interviews import Recommendation, Scorecard, ScorecardStatus
from rmhr.web.auth import me
from rmhr.web.autosave import autosaved
from rmhr.web.edits import EditForm
from rmhr.web.numbers import whole
from rmhr.web.transitions import Question, add_transition_route


@bp.route("/interviews/<int:id>/scorecard", methods=["GET", "POST"], access=policies.INTERVIEW)
def scorecard(id: int) -> ResponseReturnValue:
    """The page of one step (?step=2); what was sent is kept, and the next step follows."""
    card = queries.scorecards.own_scorecard(me(), id)
    if card.status is not ScorecardStatus.DRAFT:
        return _closed(card)
    if not _open(card):
        flash(
            gettext(
                "The scorecard opens on the day of the interview: %(when)s.",
                when=moment(card.seat.interview.starts_at),
            ),
            "info",
        )
        return redirect(url_for("interviews.show", id=id))
    kit = parts_of(card.seat.interview)
    step = _step(len(kit) + 1)
    form = _form(card, kit, step)
    if form.ready():
        _save(card, kit, step, form)
        if step <= len(kit):
            return redirect(url_for("interviews.scorecard", id=id, step=step + 1))
        return redirect(url_for("interviews.hand_in", id=id))
    frame = _frame(card, step)
    if step > len(kit):
        page = render_template(
            "interviews/scorecard_summary.html", **frame, form=form, steps=list(Recommendation)
        )
        return page, form.status
    part = kit[step - 1]
    targets = queries.planning.targets(card.seat.interview.application.posting.rm_type)
    page = render_template(
        "interviews/scorecard.html",
        **frame,
        form=form,
        part=part,
        star=guidance().star,
        levels=levels_of(part, targets.get(part.competency.id)),
        level=form.level.data.value if isinstance(form.level.data, Level) else None,
    )
    return page, form.status


@bp.post("/interviews/<int:id>/scorecard/draft", access=policies.INTERVIEW)
def draft(id: int) -> ResponseReturnValue:
    """Keep what is being written, every few seconds."""
    card = queries.scorecards.own_scorecard(me(), id)
    kit = parts_of(card.seat.interview)
    step = _step(len(kit) + 1)
    form = _form(card, kit, step)
    over = None if card.status is ScorecardStatus.DRAFT else url_for("interviews.scorecard", id=id)
    return autosaved(form, lambda: _save(card, kit, step, form), over)


def _closed(card: Scorecard) -> ResponseReturnValue:
    """The scorecard as it was handed in. What was typed after that in another tab is not kept, and not lost."""
    typed = [request.form.get(name, "").strip() for name in ("notes", "evidence", "summary")]
    read = records.SCORECARD.read(card)
    first = records.SCORECARD.editions(card)[0] if read.edition > 1 else None
    page = render_template(
        "interviews/handed_in.html",
        **_frame(card, 0) | {"person": read.says.candidate},
        read=read,
        first=first,
        rows=_told(read, first),
        may_correct=not SCORECARDS["correct"].guard(card),
        typed=[text for text in typed if text],
    )
    return page, 409 if request.method == "POST" else 200


def _told(read: Read, first: Read | None) -> list[tuple[str, Any, Any, int]]:
    """(name of a part, what it says of it, what it said at first where that differs, its page)."""
    before = {key_of(each): each for each in first.says.ratings} if first else {}
    return [
        (
            named(each.name, key_of(each)[1]),
            each,
            None if before.get(key_of(each)) == each else before.get(key_of(each)),
            step,
        )
        for step, each in enumerate(read.says.ratings, start=1)
    ]


@bp.route("/interviews/<int:id>/scorecard/correct", methods=["GET", "POST"], access=policies.INTERVIEW)
def correct(id: int) -> ResponseReturnValue:
    """Correct what one handed in (?step=2), with a reason; what it said at first stays beside it."""
    card = queries.scorecards.own_scorecard(me(), id)
    if card.status is not ScorecardStatus.SUBMITTED:
        return redirect(url_for("interviews.scorecard", id=id))
    kit = parts_of(card.seat.interview)
    step = _step(len(kit) + 1)
    last = step > len(kit)
    form = (
        forms.CorrectSummaryForm.editing(card)
        if last
        else _rating_form(forms.CorrectRatingForm, card, kit, step)
    )
    if form.ready():
        about = {} if last else kit[step - 1].about
        SCORECARDS.perform(me(), card, "correct", **about, **form.values())
        flash(str(SCORECARDS["correct"].done), "good")
        return redirect(url_for("interviews.scorecard", id=id))
    part = None if last else kit[step - 1]
    chosen = form.recommendation.data if last else form.level.data
    page = render_template(
        "interviews/correct.html",
        **_frame(card, step),
        form=form,
        part=part,
        levels=levels_of(part, None) if part else [],
        level=chosen.value if isinstance(chosen, Level) else None,
        steps=list(Recommendation),
    )
    return page, form.status


def _elsewhere(card: Scorecard) -> ResponseReturnValue | None:
    """To the scorecard itself, where it is handed in already, or not open yet."""
    if card.status is not ScorecardStatus.DRAFT or not _open(card):
        return redirect(url_for("interviews.scorecard", id=card.seat.interview_id))
    return None


def _checked(card: Scorecard) -> dict[str, Any]:
    """What was written, to be looked through before it is handed in for good."""
    frame = _frame(card, len(parts_of(card.seat.interview)) + 2)
    return frame | {"rows": _answers(card), "missing": unfinished(card)}


def _open(card: Scorecard) -> bool:
    return clock.today() >= card.seat.interview.day


def _step(last: int) -> int:
    return whole(request.args.get("step", "1"), last) or abort(404)


def _form(card: Scorecard, kit: list[Part], step: int) -> Any:
    if step > len(kit):
        return forms.SummaryForm.editing(card)
    return _rating_form(forms.RatingForm, card, kit, step)


def _rating_form(kind: type[forms.RatingForm], card: Scorecard, kit: list[Part], step: int) -> Any:
    rating = kit[step - 1].rating_on(card)
    if rating is None:
        return kind.editing(card)
    return kind.editing(card, level=rating.level, notes=rating.notes, evidence=rating.evidence)


def _save(card: Scorecard, kit: list[Part], step: int, form: EditForm) -> None:
    if step > len(kit):
        operations.save_summary(me(), card, **form.values())
    else:
        operations.save_rating(me(), card, **kit[step - 1].about, **form.values())


def _frame(card: Scorecard, step: int) -> dict[str, Any]:
    """What all these pages show: whose, when, with whom, and the way from competency to competency."""
    interview = card.seat.interview
    others = [seat.interviewer.name for seat in interview.seats if seat.id != card.seat_id]
    kit = parts_of(interview)
    incomplete = dict(unfinished(card))
    stations = []
    for number, part in enumerate(kit, start=1):
        rating = part.rating_on(card)
        stations.append(
            {
                "words": part.name,
                "note": _note(rating, number in incomplete),
                "state": "now" if number == step else "later" if number in incomplete else "done",
                "url": url_for("interviews.scorecard", id=interview.id, step=number),
            }
        )
    last = len(kit) + 1
    stations.append(
        {
            "words": gettext("Hand in"),
            "note": gettext("At the end"),
            "state": "now" if step >= last else "later",
            "url": url_for("interviews.scorecard", id=interview.id, step=last),
        }
    )
    return {
        "card": card,
        "it": interview,
        "person": interview.application.name,
        "others": others,
        "stations": stations,
        "step": step,
        "last": last,
        "back": stations[step - 2] if 1 < step <= last else None,
        "ahead": stations[step] if step <= len(kit) else None,
        "saved_words": _saved(card),
    }


def _saved(card: Scorecard) -> str | None:
    """When something was last written down here."""
    if not card.ratings:
        return None
    at = max(card.updated_at, *(rating.updated_at for rating in card.ratings))
    if clock.local(at).date() == clock.today():
        return gettext("Draft saved at %(time)s", time=time_of_day(at))
    return gettext("Draft saved on %(when)s", when=moment(at))


def _note(rating: Any, incomplete: bool) -> str:
    if rating is None or rating.level is None:
        return gettext("Not rated yet")
    if incomplete:
        return gettext("Evidence missing")
    if rating.level.number is None:
        return str(rating.level.label)
    return gettext("Level %(level)s", level=rating.level.number)


def _answers(card: Scorecard) -> list[dict[str, Any]]:
    """Everything on the scorecard, row by row, with the way back to it."""
    interview, rows = card.seat.interview, []
    wrong = {number for number, _words in unfinished(card)}
    kit = parts_of(interview)

    def url(step: int) -> str:
        return url_for("interviews.scorecard", id=interview.id, step=step)

    for number, part in enumerate(kit, start=1):
        rating = part.rating_on(card)
        said = ""
        if rating is not None and rating.level is not None:
            figure = rating.level.number
            said = f"{figure} {rating.level.label}" if figure else str(rating.level.label)
            said += f"\n{rating.evidence}" if rating.evidence else ""
        rows.append({"name": part.name, "value": said, "url": url(number), "wrong": number in wrong})
    last = len(kit) + 1
    advice = str(card.recommendation.label) if card.recommendation else ""
    rows.append(
        {
            "name": gettext("Your recommendation"),
            "value": advice,
            "url": url(last),
            "wrong": card.recommendation is None,
        }
    )
    rows.append(
        {
            "name": gettext("In a few sentences"),
            "value": card.summary,
            "url": url(last),
            "wrong": not card.summary,
        }
    )
    return rows


add_transition_route(
    bp,
    SCORECARDS,
    queries.scorecards.own_scorecard,
    policies.INTERVIEW,
    about=lambda card: card.seat.interview.application.name,
    back=lambda card: url_for("interviews.show", id=card.seat.interview_id),
    only=("submit",),
    questions={
        "submit": Question(
            template="interviews/hand_in.html", context=_checked, instead=_elsewhere, shows_blocked=True
        )
    },
    endpoint="hand_in",
    url="/interviews/<int:id>/scorecard/hand-in",
)


add_transition_route(
    bp,
    SCORECARDS,
    queries.scorecards.of_seat,
    policies.EXCUSE,
    about=lambda card: gettext(
        "Scorecard of %(who)s for %(person)s",
        who=card.seat.interviewer.name,
        person=card.seat.interview.application.name,
    ),
    back=lambda card: url_for("interviews.show", id=card.seat.interview_id),
    only=("excuse", "expect"),
    endpoint="seat",
    url="/interviews/scorecards/<int:id>/<name>",
)
