"""The life of an application: from the day it arrives to hired, rejected or withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.applications import notifications, policies, queries
from rmhr.applications.forms import moves
from rmhr.applications.stages import OPEN, TO_SCREEN, fits
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.occasions import Occasions
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.mail import outbox
from rmhr.core.policy import Actor
from rmhr.law import deadlines, retention
from rmhr.law.rules import LegalRule
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.criteria import Importance

S = ApplicationStatus
#: Somebody has told of a severe disability, or changed what they told; or has taken it back.
DISCLOSURES = Occasions("disclosures", ("told", "taken_back"))


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


def _is_sent_twice(application: Application) -> str | None:
    if queries.applicants.other_form(application) is None:
        return gettext("There is no other application of this person for this position.")
    return None


def _is_the_only_one(application: Application) -> str | None:
    """At most one application of a person for a posting is alive."""
    with db.session.no_autoflush:
        if queries.applicants.alive(application.posting, application.applicant) is not None:
            return gettext("This person has applied for this position again. The later application counts.")
    return None


def _shortlist(_actor: Actor, application: Application, **_data: Any) -> None:
    application.interview_by = _day(application, deadlines.PLAN_INTERVIEW)


def _day(application: Application, rule: LegalRule) -> date:
    return rule.after(clock.today(), application.posting.unit.holiday_region)


def _reject(
    _actor: Actor, application: Application, *, reason: str, personal: str = "", **_data: Any
) -> None:
    before = application.was
    if before is not None and not fits(reason, before):
        raise NotPossible(
            gettext(
                "This reason does not fit: the application is at “%(status)s”. Choose another one.",
                status=before.label,
            )
        )
    with db.session.no_autoflush:  # the status stands already, its reason not yet
        application.rejection_reason = queries.reasons.reason(reason)
    application.rejection_line = personal or ""
    _end(_actor, application)


def _end(_actor: Actor, application: Application, **_data: Any) -> None:
    """It is over, and the day of its deletion begins to be counted."""
    application.closed_at = clock.now()
    application.delete_on = retention.APPLICATIONS.after(clock.today())
    if application.was is S.OFFERED:  # the offer has lost its point: a way back leads to the decision
        application.was = S.APPROVED


def _go_on(application: Application) -> None:
    """It is open again, where it stood; days that are over by now begin anew."""
    with db.session.no_autoflush:
        application.rejection_reason = None
        application.rejection_line = ""
        application.closed_at = application.delete_on = None
        if application.status in TO_SCREEN:
            application.screen_by = max(
                application.screen_by, _day(application, deadlines.SCREEN_APPLICATION)
            )
        elif application.interview_by is not None:
            application.interview_by = max(
                application.interview_by, _day(application, deadlines.PLAN_INTERVIEW)
            )


def _reopen(_actor: Actor, application: Application, *, tell: bool = True, **_data: Any) -> None:
    _go_on(application)
    if tell:
        outbox.queue(notifications.REOPENED, application)


def _resume(_actor: Actor, application: Application, **_data: Any) -> None:
    _go_on(application)


def _reinstate(_actor: Actor, application: Application, **_data: Any) -> None:
    _go_on(application)
    outbox.queue(notifications.SWAPPED, application)


def _open_again(_actor: Actor, application: Application, **_data: Any) -> None:
    application.closed_at = None


def _close(_actor: Actor, application: Application, **_data: Any) -> None:
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
            label=_("Shortlist…"),
            done=_("Application shortlisted"),
            allow=policies.DECIDE,
            guard=_musts_are_judged,
            confirm=_("The applicant is told by e-mail at once that you would like to meet them."),
            apply=_shortlist,
            notify=(notifications.SHORTLISTED,),
            tone="primary",
        ),
        Transition(
            name="reject",
            sources=(S.RECEIVED, S.SCREENING, S.SHORTLISTED, S.INTERVIEWING, S.APPROVED),
            target=S.REJECTED,
            remembers="was",
            label=_("Reject…"),
            done=_("Application rejected"),
            allow=policies.DECIDE,
            guard=queries.disclosures.why_not_reject,
            form=moves.RejectForm,
            apply=_reject,
            notify=(notifications.REJECTED,),
            tone="danger",
        ),
        Transition(
            name="reopen",
            sources=(S.REJECTED,),
            target=S.SCREENING,
            returns="was",
            label=_("Open again…"),
            done=_("Application opened again"),
            allow=policies.DECIDE,
            guard=_is_the_only_one,
            form=moves.ReopenForm,
            apply=_reopen,
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
            label=_("Decide again"),
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
            apply=_end,
        ),
        Transition(
            name="withdraw",
            sources=OPEN,
            target=S.WITHDRAWN,
            remembers="was",
            label=_("Withdraw…"),
            done=_("Application withdrawn"),
            allow=policies.OWN,
            form=moves.WithdrawForm,
            confirm=_(
                "We stop looking at your application. While the position is open, you can take it up again here."
            ),
            apply=_end,
            notify=(notifications.WITHDRAWN, notifications.WITHDRAWN_CONFIRMED),
            tone="danger",
        ),
        Transition(
            name="resume",
            sources=(S.WITHDRAWN,),
            target=S.SCREENING,
            returns="was",
            label=_("Take up again…"),
            done=_("Application taken up again"),
            allow=policies.DECIDE,
            guard=_is_the_only_one,
            form=moves.ResumeForm,
            confirm=_("Do it only if the applicant asks for it. They are told by e-mail."),
            apply=_resume,
            notify=(notifications.RESUMED,),
        ),
        Transition(
            name="come_back",
            sources=(S.WITHDRAWN,),
            target=S.SCREENING,
            returns="was",
            label=_("Take up again…"),
            done=_("Application taken up again by the applicant"),
            allow=policies.COME_BACK,
            guard=_is_the_only_one,
            form=moves.ResumeForm,
            apply=_resume,
            notify=(notifications.RESUMED_HERE,),
        ),
        Transition(
            name="replace",
            sources=(S.RECEIVED,),
            target=S.REPLACED,
            remembers="was",
            label=_("Replace"),
            done=_("Replaced: a later application counts"),
            allow=policies.FOLLOWS,
            apply=_end,
        ),
        Transition(
            name="set_aside",
            sources=TO_SCREEN,
            target=S.REPLACED,
            remembers="was",
            label=_("Let the other one count…"),
            done=_("The other application counts"),
            allow=policies.CHOOSE,
            guard=_is_sent_twice,
            form=moves.SetAsideForm,
            confirm=_(
                "Two applications came from this address for this position. This one is set aside and stays readable, "
                "the other one counts. The applicant is told by e-mail."
            ),
            apply=_end,
        ),
        Transition(
            name="reinstate",
            sources=(S.REPLACED,),
            target=S.RECEIVED,
            label=_("Let it count"),
            done=_("Counts again"),
            allow=policies.FOLLOWS,
            apply=_reinstate,
        ),
    ],
    next_steps={
        S.RECEIVED: Owed("applications.screen"),
        S.SCREENING: Owed("applications.screen"),
        S.SHORTLISTED: Owed("applications.invite"),
        S.INTERVIEWING: Owed(
            "interviews.coming",
            "interviews.outcome",
            "interviews.scorecard",
            "interviews.seat",
            "interviews.decide",
            "interviews.tell",
            "interviews.again",
            "interviews.kept_open",
        ),
        S.APPROVED: Owed("offers.make", "offers.send"),
        S.OFFERED: Owed("offers.answer", "council.ask", "council.answer", "council.follow"),
        S.HIRED: Rests(
            "The employment has begun; what is owed hangs on it. An acceptance can be taken back."
        ),
        S.REJECTED: Rests("It is over; on the promised day it is deleted. HR can open it again."),
        S.WITHDRAWN: Rests("It is over; on the promised day it is deleted. It can be taken up again."),
        S.REPLACED: Rests("Another form of the same person counts; this one is deleted on the promised day."),
    },
)
