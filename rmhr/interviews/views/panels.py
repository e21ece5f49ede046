"""What interviews put on other pages: the application's, and the candidate's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, url_for

from rmhr.core.i18n import _
from rmhr.interviews import policies, queries
from rmhr.models.accounts import User
from rmhr.models.applications import Applicant, Application
from rmhr.models.interviews import Interview, InterviewStatus, ScorecardStatus
from rmhr.web.panels import Panel, Slot, panel


@panel(Slot.APPLICATION_MAIN, order=20)
def of_an_application(viewer: User, application: Application) -> Panel | None:
    """The interviews of an application with their state, and the way to the next step."""
    all_of_them = interviews = queries.meetings.of_application(application)
    sees_all = policies.DECIDE(viewer, application)
    if not sees_all:
        interviews = [each for each in interviews if policies.on_the_panel(viewer, each)]
    plannable = application.status in queries.planning.PLANNABLE
    if not interviews and not plannable:
        return None
    blocked = queries.scorecards.why_not_decide(application, all_of_them)
    may_plan = plannable and policies.PLAN(viewer, application)
    may_decide = sees_all and not blocked
    decisions = queries.scorecards.as_decided(queries.scorecards.decisions(application)) if sees_all else []
    return Panel(
        "interviews/_of_application.html",
        {
            "application": application,
            "interviews": [(each, *_scorecards(each)) for each in interviews],
            "may_plan": may_plan,
            "may_decide": may_decide,
            "revises": application.status in queries.scorecards.REVISABLE,
            "decisions": decisions,
        },
        _step(application, interviews, may_plan, may_decide and not decisions),
    )


def _step(
    application: Application, interviews: Sequence[Interview], may_plan: bool, may_decide: bool
) -> tuple[Any, str] | None:
    """Deciding where everything is in, else the interview that is to come, else planning the first one."""
    if may_decide and application.status in queries.scorecards.DECIDABLE:
        return _("Decide…"), url_for("interviews.decide", application_id=application.id)
    ahead = [each for each in interviews if each.status is InterviewStatus.PLANNED]
    if ahead:
        return _("Open the interview"), url_for("interviews.show", id=ahead[0].id)
    if may_plan and not interviews:
        return _("Plan an interview"), url_for("interviews.new", application_id=application.id)
    return None


def _scorecards(interview: Any) -> tuple[int, int]:
    """(how many are in, of how many for which somebody waits or waited)."""
    states = [seat.scorecard.status for seat in interview.seats if seat.scorecard is not None]
    counted = [state for state in states if state is not ScorecardStatus.EXCUSED]
    return counted.count(ScorecardStatus.SUBMITTED), len(counted)


@panel(Slot.STATUS, order=20)
def of_the_candidate(applicant: Applicant, application: Application) -> Panel | None:
    """When, where and with whom: what a candidate needs to come. Asked once for all that they sent."""
    if "interviews_to_come" not in g:
        g.interviews_to_come = queries.meetings.to_come(applicant)
    interviews = g.interviews_to_come.get(application.id)
    return Panel("interviews/_of_candidate.html", {"interviews": interviews}) if interviews else None
