"""The life of an application: from the day it arrives to hired, rejected or withdrawn."""

from __future__ import annotations

from typing import Any

from rmhr.applications import notifications, policies, queries
from rmhr.applications.forms import moves
from rmhr.applications.stages import OPEN
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, ngettext
from rmhr.law import deadlines
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.criteria import Importance

S = ApplicationStatus


def _musts_are_judged(application: Application) -> str | None:
    judged = {mark.criterion_id for mark in application.marks}
    musts = [c for c in application.posting_version.criteria if c.importance is Importance.MUST]
    left = sum(1 for criterion in musts if criterion.id not in judged)
    if not left:
        return None
    return ngettext(
        "%(num)s criterion that must be met has not been judged yet.",
        "%(num)s criteria that must be met have not been judged yet.",
        left,
    )


def _shortlist(_actor: Any, application: Application, **_data: Any) -> None:
    region = application.posting.unit.holiday_region
    application.interview_by = deadlines.PLAN_INTERVIEW.after(clock.today(), region)


def _reject(_actor: Any, application: Application, *, reason: str, personal: str = "", **_data: Any) -> None:
    with db.session.no_autoflush:  # the status stands already, its reason not yet
        application.rejection_reason = queries.reasons.reason(reason)
    application.rejection_line = personal or ""
    application.closed_at = clock.now()


def _reopen(_actor: Any, application: Application, **_data: Any) -> None:
    application.rejection_reason = None
    application.rejection_line = ""
    application.closed_at = None


def _open_again(_actor: Any, application: Application, **_data: Any) -> None:
    application.closed_at = None


def _close(_actor: Any, application: Application, **_data: Any) -> None:
    application.closed_at = clock.now()


FLOW = Workflow(
    "applications",
    initial=S.RECEIVED,
    transitions=[
        Transition(
            name="screen",
            sources=(S.RECEIVED,),
            target=S.SCREENING,
            label=_("Start screening"),
            done=_("Screening started"),
            allow=policies.DECIDE,
        ),
        Transition(
            name="shortlist",
            sources=(S.RECEIVED, S.SCREENING),
            target=S.SHORTLISTED,
            label=_("Shortlist"),
            done=_("Application shortlisted"),
            allow=policies.DECIDE,
            guard=_musts_are_judged,
            apply=_shortlist,
            notify=(notifications.SHORTLISTED,),
            tone="primary",
        ),
        Transition(
            name="reject",
            sources=(S.RECEIVED, S.SCREENING, S.SHORTLISTED, S.INTERVIEWING, S.APPROVED),
            target=S.REJECTED,
            label=_("Reject…"),
            done=_("Application rejected"),
            allow=policies.DECIDE,
            form=moves.RejectForm,
            apply=_reject,
            notify=(notifications.REJECTED,),
            tone="danger",
        ),
        Transition(
            name="reopen",
            sources=(S.REJECTED,),
            target=S.SCREENING,
            label=_("Open again…"),
            done=_("Application opened again"),
            allow=policies.DECIDE,
            form=moves.ReopenForm,
            apply=_reopen,
            notify=(notifications.REOPENED,),
        ),
        Transition(
            name="invite",
            sources=(S.SHORTLISTED,),
            target=S.INTERVIEWING,
            label=_("Invite"),
            done=_("Invited to an interview"),
            allow=policies.FOLLOWS,
        ),
        Transition(
            name="approve",
            sources=(S.INTERVIEWING,),
            target=S.APPROVED,
            label=_("Approve"),
            done=_("Decided: hire"),
            allow=policies.FOLLOWS,
        ),
        Transition(
            name="reconsider",
            sources=(S.APPROVED,),
            target=S.INTERVIEWING,
            label=_("Decide anew"),
            done=_("Decision to hire taken back"),
            allow=policies.FOLLOWS,
        ),
        Transition(
            name="offer",
            sources=(S.APPROVED,),
            target=S.OFFERED,
            label=_("Offer"),
            done=_("Offer sent"),
            allow=policies.FOLLOWS,
        ),
        Transition(
            name="lapse",
            sources=(S.OFFERED,),
            target=S.APPROVED,
            label=_("Offer lapsed"),
            done=_("Offer lapsed"),
            allow=policies.FOLLOWS,
        ),
        Transition(
            name="hire",
            sources=(S.OFFERED,),
            target=S.HIRED,
            label=_("Hire"),
            done=_("Hired"),
            allow=policies.FOLLOWS,
            apply=_close,
        ),
        Transition(
            name="unhire",
            sources=(S.HIRED,),
            target=S.APPROVED,
            label=_("Will not start on these terms"),
            done=_("Will not start: the application is open again"),
            allow=policies.FOLLOWS,
            apply=_open_again,
        ),
        Transition(
            name="give_up",
            sources=(S.HIRED,),
            target=S.WITHDRAWN,
            label=_("Will not start"),
            done=_("Will not start: the application has ended"),
            allow=policies.FOLLOWS,
        ),
        Transition(
            name="withdraw",
            sources=OPEN,
            target=S.WITHDRAWN,
            label=_("Withdraw…"),
            done=_("Application withdrawn"),
            allow=policies.OWN,
            form=moves.WithdrawForm,
            confirm=_("We stop looking at your application. This cannot be undone."),
            apply=_close,
            notify=(notifications.WITHDRAWN,),
            tone="danger",
        ),
    ],
)
