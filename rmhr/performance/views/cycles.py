"""The list of reviews, and HR's form that opens a round of them."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.due.calendar import NATIONWIDE, next_working_day
from rmhr.core.i18n import Words, ngettext
from rmhr.law import deadlines
from rmhr.models.accounts import Role
from rmhr.performance import lists, operations, policies, queries
from rmhr.performance.forms.reviews import CycleForm
from rmhr.performance.views.blueprint import bp, siblings
from rmhr.web.auth import me
from rmhr.web.exports import add_export
from rmhr.web.lists import read
from rmhr.web.numbers import whole


@bp.get("/reviews/", access=policies.SEE)
def reviews() -> ResponseReturnValue:
    """One's own reviews, the team's, or everybody's."""
    chosen = whole(request.args.get("cycle")) if me().has(Role.HR) else None
    return render_template(
        "performance/reviews.html",
        siblings=siblings("performance.reviews"),
        listing=read(lists.REVIEWS),
        may_open=me().has(Role.HR),
        only_own=not lists.sees_others(me()),
        cycle=queries.reviews.unfinished(chosen) if chosen else None,
        drafts=queries.drafts.by(me()) if me().has(Role.SUPERVISOR) else [],
    )


add_export(bp, lists.REVIEWS, "/reviews/export", access=policies.SEE)


@bp.route("/reviews/cycles/new", methods=["GET", "POST"], access=policies.HR)
def open_cycle() -> ResponseReturnValue:
    """HR opens a round."""
    people = queries.reviews.reviewable()
    form = CycleForm.from_request(people=people)
    if request.method == "GET":
        _suggest(form)
    if not form.ready():
        return render_template("performance/cycle_form.html", form=form, people=people), form.status
    cycle = operations.reviews.open_cycle(me(), None, **form.values())
    count = len(queries.reviews.reviewed_in(cycle))
    flash(ngettext("One review is opened.", "%(num)s reviews are opened.", count), "good")
    if left_out := len(form.values()["people"]) - count:
        flash(
            ngettext(
                "One person has an open review of this period already and is left out.",
                "%(num)s people have an open review of this period already and are left out.",
                left_out,
            ),
            "info",
        )
    return redirect(url_for(".reviews", cycle=cycle.id))


def _suggest(form: CycleForm) -> None:
    """What it usually is: the present year."""
    today = clock.today()
    form.title.data = Words.both(f"Year {today.year}", f"Jahr {today.year}")
    form.starts_on.data, form.ends_on.data = date(today.year, 1, 1), date(today.year, 12, 31)
    form.self_due_on.data = _working(deadlines.HAND_IN_SELF_ASSESSMENT.after(today))
    form.supervisor_due_on.data = _working(deadlines.HAND_IN_SUPERVISOR_ASSESSMENT.after(today))
    form.meeting_due_on.data = _working(deadlines.HOLD_REVIEW_MEETING.after(today))


def _working(day: date) -> date:
    return next_working_day(day, NATIONWIDE)
