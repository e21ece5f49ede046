"""One's own scorecard: a page for each competency, then the advice; handed in, it stays as it is."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.i18n import _, gettext
from rmhr.core.words import moment, time_of_day
from rmhr.interviews import forms, operations, policies, queries
from rmhr.interviews.views.blueprint import bp
from rmhr.interviews.views.meetings import kit_of
from rmhr.interviews.workflow import SCORECARDS, unfinished
from rmhr.models.competencies import Level
from rmhr.models.interviews import Recommendation, Scorecard, ScorecardStatus
from rmhr.web.auth import me
from rmhr.web.forms import Form
from rmhr.web.numbers import whole
from rmhr.web.transitions import Question, add_transition_route


@bp.route("/interviews/<int:id>/scorecard", methods=["GET", "POST"], access=policies.INTERVIEW)
def scorecard(id: int) -> ResponseReturnValue:
    """The page of one step (?step=2); what was sent is kept, and the next step follows."""
    card = queries.scorecards.own_scorecard(me(), id)
    if card.status is ScorecardStatus.SUBMITTED:
        return render_template("interviews/handed_in.html", **_frame(card, 0), rows=_answers(card))
    if not _open(card):
        flash(
            gettext(
                "The scorecard opens on the day of the interview: %(when)s.",
                when=moment(card.seat.interview.starts_at),
            ),
            "info",
        )
        return redirect(url_for("interviews.show", id=id))
    kit = kit_of(card.seat.interview)
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
    competency, questions = kit[step - 1]
    profile = queries.planning.profiles(card.seat.interview.application.posting.rm_type).get(competency.id)
    page = render_template(
        "interviews/scorecard.html",
        **frame,
        form=form,
        competency=competency,
        questions=questions,
        levels=_levels(competency, profile.target_level if profile else None),
        level=form.level.data.value if isinstance(form.level.data, Level) else None,
    )
    return page, form.status


@bp.post("/interviews/<int:id>/scorecard/draft", access=policies.INTERVIEW)
def draft(id: int) -> ResponseReturnValue:
    """Keep what is being written, every few seconds."""
    card = queries.scorecards.own_scorecard(me(), id)
    kit = kit_of(card.seat.interview)
    step = _step(len(kit) + 1)
    form = _form(card, kit, step)
    if not form.ready():
        return jsonify(errors=form.errors), 422
    _save(card, kit, step, form)
    return jsonify(saved=clock.now().isoformat())


def _elsewhere(card: Scorecard) -> ResponseReturnValue | None:
    """To the scorecard itself, where it is handed in already, or not open yet."""
    if card.status is ScorecardStatus.SUBMITTED or not _open(card):
        return redirect(url_for("interviews.scorecard", id=card.seat.interview_id))
    return None


def _checked(card: Scorecard) -> dict[str, Any]:
    """What was written, to be looked through before it is handed in for good."""
    frame = _frame(card, len(kit_of(card.seat.interview)) + 2)
    return frame | {"rows": _answers(card, change=True), "missing": unfinished(card)}


def _open(card: Scorecard) -> bool:
    return clock.today() >= card.seat.interview.day


def _step(last: int) -> int:
    return whole(request.args.get("step", "1"), last) or abort(404)


def _form(card: Scorecard, kit: list[Any], step: int) -> Any:
    if step > len(kit):
        return forms.SummaryForm.from_request(recommendation=card.recommendation, summary=card.summary)
    rating = next((each for each in card.ratings if each.competency_id == kit[step - 1][0].id), None)
    if rating is None:
        return forms.RatingForm.from_request()
    return forms.RatingForm.from_request(level=rating.level, notes=rating.notes, evidence=rating.evidence)


def _save(card: Scorecard, kit: list[Any], step: int, form: Form) -> None:
    if step > len(kit):
        operations.save_summary(me(), card, **form.values())
    else:
        operations.save_rating(me(), card, competency_id=kit[step - 1][0].id, **form.values())


def _levels(competency: Any, target: int | None) -> list[tuple[str, Any, str, Any]]:
    """(figure, name, behaviour, mark) of the five levels."""
    return [
        (
            str(anchor.level),
            Level(str(anchor.level)).label,
            str(anchor.text),
            _("Expected") if anchor.level == target else None,
        )
        for anchor in competency.anchors
    ]


def _frame(card: Scorecard, step: int) -> dict[str, Any]:
    """What all these pages show: whose, when, with whom, and the way from competency to competency."""
    interview = card.seat.interview
    others = [seat.interviewer.name for seat in interview.seats if seat.id != card.seat_id]
    kit = kit_of(interview)
    incomplete = dict(unfinished(card))
    rated = {rating.competency_id: rating for rating in card.ratings}
    stations = []
    for number, (competency, _questions) in enumerate(kit, start=1):
        rating = rated.get(competency.id)
        stations.append(
            {
                "words": str(competency.name),
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


def _answers(card: Scorecard, change: bool = False) -> list[dict[str, Any]]:
    """Everything on the scorecard, row by row, with the way back to it while it can be changed."""
    interview, rows = card.seat.interview, []
    rated = {rating.competency_id: rating for rating in card.ratings}
    wrong = {number for number, _words in unfinished(card)}
    kit = kit_of(interview)

    def url(step: int) -> str | None:
        return url_for("interviews.scorecard", id=interview.id, step=step) if change else None

    for number, (competency, _questions) in enumerate(kit, start=1):
        rating = rated.get(competency.id)
        said = ""
        if rating is not None and rating.level is not None:
            figure = rating.level.number
            said = f"{figure} {rating.level.label}" if figure else str(rating.level.label)
            said += f"\n{rating.evidence}" if rating.evidence else ""
        rows.append(
            {"name": str(competency.name), "value": said, "url": url(number), "wrong": number in wrong}
        )
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
    questions={
        "submit": Question(
            template="interviews/hand_in.html", context=_checked, instead=_elsewhere, shows_blocked=True
        )
    },
    endpoint="hand_in",
    url="/interviews/<int:id>/scorecard/hand-in",
)
