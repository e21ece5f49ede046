"""The review desk: parts at the left, the form in the middle, evidence at the right. A page per competency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.errors import NotPossible
from rmhr.core.history import audit
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text, in_days, time_of_day
from rmhr.models.accounts import User
from rmhr.models.performance import Review, ReviewStatus, Side
from rmhr.performance import operations, policies, queries
from rmhr.performance.forms.development import ItemForm
from rmhr.performance.forms.reviews import CommentForm, RatingForm, TextForm
from rmhr.performance.queries.goals import as_said
from rmhr.performance.views import evidence, reading
from rmhr.performance.views.blueprint import bp
from rmhr.performance.views.blueprint import reviews as moves
from rmhr.performance.views.loading import load, number, opened, rating_of, text_of
from rmhr.performance.views.parts import NAMES, Desk
from rmhr.performance.workflow.reviews import REVIEWS
from rmhr.web.auth import me
from rmhr.web.sensitive import sensitive, shown
from rmhr.web.transitions import add_transition_route

R = ReviewStatus
WRITING = {"tone": "info", "icon": "pencil"}


def open_parts(viewer: User, review: Review) -> list[str]:
    """The parts of a review that this person may open now."""
    desk = opened(viewer, review)
    return [part for part in NAMES if desk.sight.anything and desk.may_open(part)]


@bp.route("/reviews/<int:id>", methods=["GET", "POST"], access=policies.SEE)
@sensitive
def review(id: int) -> ResponseReturnValue:
    """One part of a review (?part=…); what was sent is kept, and the next part follows."""
    desk = load(id)
    if not desk.sight.anything:
        if request.method == "POST":
            abort(404)
        return _status_page(desk)
    part = request.args.get("part") or desk.first_part()
    if part not in NAMES or not desk.may_open(part):
        abort(404)
    return _PAGES[part](desk)


def _status_page(desk: Desk) -> ResponseReturnValue:
    """What HR sees of a review before it is signed."""
    review = desk.review
    return render_template(
        "performance/review_status.html",
        review=review,
        before=desk.before,
        facts=_facts(desk),
        timeline=_history(review),
        moves=REVIEWS.moves(me(), review),
        may_hand_over=policies.HAND_OVER(me(), review)
        and review.status in queries.reviews.OPEN
        and review.signed_by_supervisor_at is None,
    )


def _too_late(desk: Desk) -> NoReturn:
    """What was sent does not fit the review any more: whoever writes in it is told why, nobody else anything."""
    if desk.sight.side is None:
        abort(404)
    raise NotPossible(gettext("This has changed since you opened it. Please look again."))


def _page(template: str, desk: Desk, present: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    rows = desk.rows(present)
    done = sum(row["done"] for row in rows)
    facts = desk.says.evidence
    if desk.sight.side is None:
        shown(desk.review)  # by somebody who is no side of it
    page = render_template(
        f"performance/desk/{template}.html",
        review=desk.review,
        says=desk.says,
        seen=desk.seen,
        desk=desk,
        own=desk.sight.side is Side.SELF,
        parts=rows,
        parts_note=gettext("%(done)s of %(all)s done", done=done, all=len(rows)),
        status=_status(desk),
        facts=_facts(desk),
        moves=[] if desk.edition else REVIEWS.moves(me(), desk.review),
        waits_for_self=policies.may_add_self(desk.review),
        evidence=facts,
        goals=[as_said(each) for each in facts.goals],
        quotable=values.pop("quotable", False),
        figure=evidence.trend(facts.goals),
        **{"saved_at": None, **values},
    )
    return page, status


def _status(desk: Desk) -> Any:
    if desk.sight.writes:
        return WRITING | {"label": gettext("You are writing")}
    return R.SIGNED if desk.edition else desk.review.status


def _facts(desk: Desk) -> list[tuple[str, str]]:
    """What stands below the title."""
    review, says = desk.review, desk.says
    said = []
    if desk.seen.at is not None:
        said.append(("lock", gettext("As it was on %(day)s", day=day_text(desk.seen.at))))
    if review.user.name != says.person:
        said.append(("person", gettext("Today the name is %(name)s", name=review.user.name)))
    if says.rm_type:
        words = gettext("%(type)s, since %(year)s", type=says.rm_type.label, year=says.since.year)
        said.append(("person", words))
    mine = {Side.SELF: review.self_due_on, Side.SUPERVISOR: review.supervisor_due_on}
    if desk.sight.writes and desk.sight.side and review.status is not R.MEETING:
        on = mine[desk.sight.side]
        said.append(
            ("calendar3", gettext("Your part is due %(day)s, %(when)s", day=day_text(on), when=in_days(on)))
        )
    if says.met_on:
        said.append(("chat-left-text", gettext("Meeting on %(day)s", day=day_text(says.met_on))))
    elif review.status is not R.CANCELLED:
        said.append(("chat-left-text", gettext("Meeting until %(day)s", day=day_text(review.meeting_due_on))))
    if review.status is R.SIGNING and review.sign_by:
        said.append(("pen", gettext("Sign by %(day)s", day=day_text(review.sign_by))))
    return said


def _history(review: Review) -> list[audit.Entry]:
    """What happened, without each time that a draft was kept."""
    return [entry for entry in audit.timeline(review) if entry.action != "performance.save_text"]


def _facts_page(desk: Desk) -> ResponseReturnValue:
    return _page("facts", desk, "facts", timeline=_history(desk.review))


def _to(desk: Desk, part: str, **values: Any) -> ResponseReturnValue:
    return redirect(url_for(".review", id=desk.review.id, part=part, **values))


def _competencies_page(desk: Desk) -> ResponseReturnValue:
    if not desk.sight.writes:
        if request.method == "POST":
            _too_late(desk)
        return _page("compared", desk, "competencies", rows=reading.compared(desk))
    at, total = number(desk), len(desk.competencies)
    competency = desk.competencies[at - 1]
    known = rating_of(desk, competency)
    form = RatingForm.editing(known)
    if form.ready():
        given = form.values()
        quoted = evidence.quote(desk.says.evidence, request.form.get("quote", ""))
        if quoted and quoted not in given["evidence"]:
            given["evidence"] = f"{given['evidence']}\n{quoted}".strip()
        operations.reviews.save_rating(me(), desk.review, competency_id=competency.id, **given)
        if quoted:
            return _to(desk, "competencies", n=at, _anchor="evidence")
        if request.form.get("go") == "back" and at > 1:
            return _to(desk, "competencies", n=at - 1)
        if at < total:
            return _to(desk, "competencies", n=at + 1)
        return _to(desk, "self" if desk.side is Side.SELF else "summary")
    expected = desk.says.competencies[at - 1].expected
    return _page(
        "competency",
        desk,
        "competencies",
        form.status,
        form=form,
        number=at,
        total=total,
        competency=competency,
        expected=expected,
        levels=reading.levels(desk, competency, expected),
        level=form.level.data,
        not_observed=reading.self_not_observed(desk, competency),
        before=desk.competencies[at - 2].name if at > 1 else None,
        after=desk.competencies[at].name if at < total else None,
        quotable=True,
        saved_at=time_of_day(known.updated_at) if known.id else None,
    )


def _text_page(desk: Desk, part: str, side: Side) -> ResponseReturnValue:
    """The words of one side: a form for whoever writes them, to be read by the other."""
    writes = desk.sight.writes and desk.sight.side is side
    if not writes and request.method == "POST":
        _too_late(desk)
    written = text_of(desk, side)
    form = TextForm.editing(written) if writes else None
    if form is not None and form.ready():
        operations.reviews.save_text(me(), desk.review, **form.values())
        if desk.incomplete:
            return _to(desk, "competencies", n=desk.incomplete[0])
        flash(gettext("Draft saved"), "good")
        return _to(desk, part)
    says, is_self = desk.says, side is Side.SELF
    handed_in = says.self_handed_in_at if is_self else says.supervisor_handed_in_at
    return _page(
        "text",
        desk,
        part,
        form.status if form else 200,
        form=form,
        part=part,
        text=says.self_text if is_self else says.supervisor_text,
        handed_in=handed_in,
        questions=says.questions if is_self else [],
        rows=reading.judged(desk, side, draft=writes),
        writer=says.person if is_self else says.supervisor,
        saved_at=time_of_day(written.updated_at) if writes and written.text else None,
    )


def _self_page(desk: Desk) -> ResponseReturnValue:
    return _text_page(desk, "self", Side.SELF)


def _summary_page(desk: Desk) -> ResponseReturnValue:
    return _text_page(desk, "summary", Side.SUPERVISOR)


def _meeting_page(desk: Desk) -> ResponseReturnValue:
    return _page(
        "meeting",
        desk,
        "meeting",
        agenda=reading.agenda(),
        gaps=reading.gaps(desk),
        to_be_held=desk.says.met_on is None,
    )


def _steps_page(desk: Desk) -> ResponseReturnValue:
    may_add = desk.review.status is R.MEETING and desk.sight.side is not None
    form = ItemForm.from_request(people=[], competencies=desk.competencies) if may_add else None
    if form is None and request.method == "POST":
        _too_late(desk)
    if form is not None and form.ready():
        operations.development.add_item(me(), desk.review, **form.values())
        flash(str(operations.development.add_item.done), "good")
        return _to(desk, "steps")
    return _page("steps", desk, "steps", form.status if form else 200, form=form)


def _signatures_page(desk: Desk) -> ResponseReturnValue:
    review = desk.review
    may_comment = (
        desk.sight.side is Side.SELF and review.status is R.SIGNING and not review.signed_by_employee_at
    )
    form = CommentForm.editing(review, comment=review.employee_comment) if may_comment else None
    if form is None and request.method == "POST":
        _too_late(desk)
    if form is not None and form.ready():
        operations.reviews.comment(me(), review, **form.values())
        flash(str(operations.reviews.comment.done), "good")
        return _to(desk, "signatures")
    return _page(
        "signatures",
        desk,
        "signatures",
        form.status if form else 200,
        form=form,
        timeline=_history(review),
        signed=review.status is R.SIGNED,
        before=desk.before,
    )


_PAGES: dict[str, Callable[[Desk], ResponseReturnValue]] = {
    "facts": _facts_page,
    "self": _self_page,
    "competencies": _competencies_page,
    "summary": _summary_page,
    "meeting": _meeting_page,
    "steps": _steps_page,
    "signatures": _signatures_page,
}


def _first_values(review: Review, name: str) -> dict[str, Any]:
    """What was written down of a meeting that is recorded again."""
    return {"meeting_notes": review.meeting_notes} if name == "record_meeting" else {}


add_transition_route(
    moves,
    REVIEWS,
    queries.reviews.get,
    policies.MOVE,
    about=lambda review: f"{review.user.name}, {review.cycle.title}",
    url="/reviews/<int:id>/<name>",
    back=lambda review: url_for("performance.review", id=review.id),
    form_for=_first_values,
)
