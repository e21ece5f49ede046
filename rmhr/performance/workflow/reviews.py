"""The way of a review: two assessments, the meeting, two signatures in either order.

A signature is a transition of its own, so that only the workflow assigns the status: "sign" is the first and
leaves the review to be signed, "countersign" is the second and closes it for good. Who may do which follows from
who has signed already, so each side is offered exactly one of them, once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.law import deadlines
from rmhr.models.performance import Review, ReviewStatus, Side
from rmhr.performance import notifications, policies
from rmhr.performance.forms.reviews import MeetingForm
from rmhr.performance.queries import reviews

R = ReviewStatus

#: What is asked before a signature.
SEEN = _(
    "Your signature says that you have seen this review and talked about it. It does not say that you agree. "
    "When both have signed, nobody can change it any more."
)


def _missing(review: Review, side: Side) -> Any:
    """What this side still has to write, or None."""
    open_ones = reviews.unrated(review, side)
    if open_ones:
        return _(
            "Level or evidence is missing: %(what)s (%(count)s open)",
            what=open_ones[0].name,
            count=len(open_ones),
        )
    return None


def _self_is_incomplete(review: Review) -> Any:
    if not review.self_text:
        return _("The text of the self-assessment is missing.")
    return _missing(review, Side.SELF)


def _supervisors_is_incomplete(review: Review) -> Any:
    return _missing(review, Side.SUPERVISOR) or (
        None if review.supervisor_text else _("The summary is missing.")
    )


def _nothing_is_next(review: Review) -> Any:
    return None if review.items else _("Agree at least one next step first.")


def _self_in(_actor: Actor, review: Review) -> None:
    review.self_handed_in_at = clock.now()


def _supervisors_in(_actor: Actor, review: Review) -> None:
    review.supervisor_handed_in_at = clock.now()


def _met(_actor: Actor, review: Review, *, met_on: date, meeting_notes: str) -> None:
    review.met_on, review.meeting_notes = met_on, meeting_notes
    review.sign_by = deadlines.SIGN_REVIEW.after(clock.today())


def _signed(actor: Actor, review: Review) -> None:
    if actor.id == review.user_id:
        review.signed_by_employee_at = clock.now()
    else:
        review.signed_by_supervisor_at = clock.now()


REVIEWS = Workflow(
    "performance_reviews",
    initial=R.SELF_ASSESSMENT,
    transitions=[
        Transition(
            name="hand_in_self",
            sources=(R.SELF_ASSESSMENT,),
            target=R.SUPERVISOR_ASSESSMENT,
            label=_("Hand in my part"),
            done=_("Self-assessment handed in"),
            allow=policies.rm_of_the_review,
            guard=_self_is_incomplete,
            confirm=_(
                "Your supervisor reads your self-assessment from now on. You cannot change it any more."
            ),
            apply=_self_in,
            notify=(notifications.SELF_HANDED_IN,),
            tone="primary",
        ),
        Transition(
            name="hand_in_supervisor",
            sources=(R.SUPERVISOR_ASSESSMENT,),
            target=R.MEETING,
            label=_("Hand in my part"),
            done=_("Supervisor’s assessment handed in"),
            allow=policies.supervisor_of_the_review,
            guard=_supervisors_is_incomplete,
            confirm=_("The RM reads your assessment from now on and is invited to the meeting."),
            apply=_supervisors_in,
            notify=(notifications.SUPERVISOR_HANDED_IN,),
            tone="primary",
        ),
        Transition(
            name="record_meeting",
            sources=(R.MEETING,),
            target=R.SIGNING,
            label=_("Record the meeting…"),
            done=_("Meeting recorded"),
            allow=policies.supervisor_of_the_review,
            guard=_nothing_is_next,
            form=MeetingForm,
            apply=_met,
            notify=(notifications.TO_SIGN,),
            tone="primary",
        ),
        Transition(
            name="sign",
            sources=(R.SIGNING,),
            target=R.SIGNING,
            label=_("Sign: seen"),
            done=_("Review signed"),
            allow=policies.side_while_nobody_has_signed,
            confirm=SEEN,
            apply=_signed,
            tone="primary",
        ),
        Transition(
            name="countersign",
            sources=(R.SIGNING,),
            target=R.SIGNED,
            label=_("Sign: seen"),
            done=_("Review signed by both"),
            allow=policies.side_whose_signature_is_missing,
            confirm=SEEN,
            apply=_signed,
            notify=(notifications.SIGNED,),
            tone="primary",
        ),
    ],
)
