"""Planning an interview, and changing when, where and with whom it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.applications import queries as applications
from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.i18n import _, gettext
from rmhr.interviews import forms, operations, policies, queries
from rmhr.interviews.views.blueprint import bp
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.interviews import Interview, InterviewKind, InterviewStatus, Round
from rmhr.postings import queries as postings
from rmhr.web.auth import me

#: The round that is proposed first: the one in which everybody who is shortlisted is asked the same.
PROPOSED = "structured_interview"
#: How many scenarios are proposed: there is time for one in each round that has any.
PROPOSED_SCENARIOS = 1
#: Said where somebody saves what stands there already.
NOTHING_NEW = _("Nothing has changed, so nobody was told.")


@bp.route("/applications/<int:application_id>/interview", methods=["GET", "POST"], access=policies.PLAN)
def new(application_id: int) -> ResponseReturnValue:
    """Plan an interview for somebody who is shortlisted. Raises NotPossible for others."""
    application = applications.applications.get(me(), application_id)
    if why_not := queries.planning.why_not_plan(application):
        raise NotPossible(why_not)
    rounds = queries.planning.rounds()
    round = _chosen(rounds)
    given = queries.planning.kit_of(application.posting, round)
    played = queries.planning.played_in(application.posting, round) if given else ()
    bank = {} if given else queries.planning.bank(round)
    scenarios = [] if given else queries.planning.scenarios(round)
    people = postings.teams.interviewers_first(
        application.posting, queries.planning.interviewers(application)
    )
    form = forms.PlanForm.from_request(
        kind=InterviewKind.IN_PERSON,
        minutes=round.minutes,
        panel=[],
        questions=[questions[0].id for questions in bank.values()],
        scenarios=[each.id for each in scenarios[:PROPOSED_SCENARIOS]],
        representative=True,
    )
    body = queries.planning.representative(application)
    form.offer(people, round)
    form.invite(body)
    form.day.region = application.posting.unit.holiday_region
    form.bring(bank, scenarios)
    if form.ready() and _free(form, application, round, people):
        interview = operations.plan(
            me(),
            application,
            round=round,
            panel=_panel(form, people),
            questions=form.kit(),
            scenarios=form.played(),
            **form.meeting(),
        )
        flash(str(operations.plan.done), "good")
        return redirect(url_for("interviews.show", id=interview.id))
    page = render_template(
        "interviews/new.html",
        application=application,
        form=form,
        rounds=rounds,
        round=round,
        bank=bank,
        given=given,
        played=played,
        scenarios=scenarios,
        zone=clock.zone().key,
        tell_otherwise=body is not None and not body.email,
    )
    return page, form.status


@bp.route("/interviews/<int:id>/move", methods=["GET", "POST"], access=policies.PLAN)
def move(id: int) -> ResponseReturnValue:
    """Change time, place or panel; everybody is told. Raises NotPossible where it is over or cancelled."""
    it = queries.meetings.get(me(), id)
    if it.status is not InterviewStatus.PLANNED:
        raise NotPossible(gettext("Only an interview that is planned can be changed."))
    people = _with_panel(queries.planning.interviewers(it.application), it)
    starts = clock.local(it.starts_at)
    form = forms.MeetingForm.editing(
        it,
        lambda form: form.offer(people, it.round),
        time=starts.time(),
        minutes=int((it.ends_at - it.starts_at).total_seconds() // 60),
        panel=[seat.interviewer_id for seat in it.seats],
        representative=bool(it.representative_at),
    )
    body = queries.planning.representative(it.application)
    form.invite(body)
    form.day.region = it.application.posting.unit.holiday_region
    if form.ready() and _free(form, it.application, it.round, people, it):
        before = it.sequence
        operations.move(me(), it, panel=_panel(form, people), **form.meeting())
        told = it.sequence != before
        flash(str(operations.move.done if told else NOTHING_NEW), "good" if told else "info")
        return redirect(url_for("interviews.show", id=id))
    page = render_template(
        "interviews/move.html",
        it=it,
        application=it.application,
        form=form,
        zone=clock.zone().key,
        tell_otherwise=body is not None and not body.email,
    )
    return page, form.status


def _chosen(rounds: Sequence[Round]) -> Round:
    """The round in the address, else the one that is proposed."""
    wanted = request.args.get("round", PROPOSED)
    found = next((each for each in rounds if each.code == wanted), None)
    return found or next(iter(rounds), None) or abort(404)


def _with_panel(people: Sequence[tuple[User, str]], it: Interview) -> Sequence[tuple[User, str]]:
    """Whoever sits there already can stay, even without the role by now."""
    known = {person.id for person, _title in people}
    return [*people, *((seat.interviewer, "") for seat in it.seats if seat.interviewer_id not in known)]


def _panel(form: forms.MeetingForm, people: Sequence[tuple[User, str]]) -> list[User]:
    chosen = set(form.panel.data or ())
    return [person for person, _title in people if person.id in chosen]


def _free(
    form: forms.MeetingForm,
    application: Application,
    round: Round,
    people: Sequence[tuple[User, str]],
    but: Interview | None = None,
) -> bool:
    """Whether nobody is somewhere else then; says it at the fields otherwise."""
    problems: list[Any] = operations.why_not_then(
        application,
        round,
        starts_at=form.starts_at,
        minutes=form.minutes.data,
        panel=_panel(form, people),
        but=but,
    )
    for field, message in problems:
        form.refuse(field, message)
    return not problems
