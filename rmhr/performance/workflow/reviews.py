"""The way of a review: two assessments, the meeting, two signatures in either order.

Where the self-assessment is not handed in, the scheduler lets the review begin without it after a while; the RM can
still add it until the meeting is recorded. HR opens a review again at the step that went wrong, or cancels it.

A signature is a transition of its own, so that only the workflow assigns the status: "sign" is the first and
leaves the review to be signed, "countersign" is the second and closes it for good. Who may do which follows from
who has signed already, so each side is offered exactly one of them, once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import Actor, the_system
from rmhr.law import deadlines
from rmhr.models.performance import Review, ReviewStatus, Side
from rmhr.performance import notifications, policies, queries, records
from rmhr.performance.forms.development import ReasonForm
from rmhr.performance.forms.reviews import MeetingForm

R = ReviewStatus
#: Whoever writes or meets again after HR has opened a review again has at least so long.
AGAIN = deadlines.REVIEW_AGAIN

#: What is asked before a signature.
SEEN = _(
    "Your signature means that you have seen this review and talked about it. It does not mean that you "
    "agree. When both have signed, it stays as it is; only HR can open it again, with a reason."
)


def _missing(review: Review, side: Side) -> Any:
    """What this side still has to write, or None."""
    open_ones = queries.reviews.unrated(review, side)
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


def _self_is_not_due(review: Review) -> Any:
    if deadlines.BEGIN_REVIEW_WITHOUT_SELF.after(review.self_due_on) > clock.today():
        return _("There is still time for the self-assessment.")
    return None


def _nothing_is_next(review: Review) -> Any:
    return None if review.items else _("Agree at least one next step first.")


def _self_in(_actor: Actor, review: Review) -> None:
    review.self_handed_in_at = clock.now()


def _supervisors_in(_actor: Actor, review: Review) -> None:
    review.supervisor_handed_in_at = clock.now()


def _without_self(_actor: Actor, review: Review) -> None:
    """The later days move by as many days as were waited."""
    today = clock.today()
    waited = today - review.self_due_on
    review.begun_without_self_on = today
    review.supervisor_due_on += waited
    review.meeting_due_on += waited


def _met(_actor: Actor, review: Review, *, met_on: date, meeting_notes: str) -> None:
    review.met_on, review.meeting_notes = met_on, meeting_notes
    review.sign_by = deadlines.SIGN_REVIEW.after(clock.today())
    records.REVIEW.keep(review)


def _signed(actor: Actor, review: Review) -> None:
    if actor.id == review.user_id:
        review.signed_by_employee_at = clock.now()
    else:
        review.signed_by_supervisor_at = clock.now()
    records.keep_signature(review)


def _signed_by_both(actor: Actor, review: Review) -> None:
    _signed(actor, review)
    forget_drafts(review)


def _damaged(review: Review) -> Any:
    if records.review_seen(review).intact:
        return None
    return _(
        "What has been signed already is no longer what is stored. Ask HR to open the review again at "
        "its meeting."
    )


def forget_drafts(review: Review) -> None:
    """Delete what former supervisors had written and not handed in: the review needs it no more."""
    for draft in queries.drafts.within(review):
        db.session.delete(draft)


def _not_signed(review: Review) -> None:
    review.signed_by_employee_at = review.signed_by_supervisor_at = review.sign_by = None


def _to_meeting(_actor: Actor, review: Review) -> None:
    _not_signed(review)
    review.met_on = None
    review.meeting_due_on = max(review.meeting_due_on, AGAIN.after(clock.today()))


def _to_supervisor(actor: Actor, review: Review) -> None:
    _to_meeting(actor, review)
    review.supervisor_handed_in_at = None
    review.supervisor_due_on = max(review.supervisor_due_on, AGAIN.after(clock.today()))
    review.meeting_due_on = max(review.meeting_due_on, AGAIN.after(review.supervisor_due_on))


def _to_self(actor: Actor, review: Review) -> None:
    review.self_handed_in_at = review.begun_without_self_on = None
    review.self_due_on = max(review.self_due_on, AGAIN.after(clock.today()))
    review.supervisor_due_on = max(review.supervisor_due_on, AGAIN.after(review.self_due_on))
    _to_supervisor(actor, review)


def _cancelled(_actor: Actor, review: Review) -> None:
    forget_drafts(review)


def _add_self(name: str, status: ReviewStatus) -> Transition:
    """Handing in late what the review went on without: it stays where it is."""
    return Transition(
        name=name,
        sources=(status,),
        target=status,
        label=_("Hand in my part"),
        done=_("Self-assessment added"),
        allow=policies.rm_whose_words_are_missing,
        guard=_self_is_incomplete,
        confirm=_("Your supervisor reads your self-assessment from now on. You cannot change it any more."),
        apply=_self_in,
        notify=(notifications.SELF_ADDED,),
        tone="primary",
    )


def _reopen(
    name: str, sources: tuple[ReviewStatus, ...], target: ReviewStatus, label: Any, apply: Any
) -> Transition:
    return Transition(
        name=name,
        sources=sources,
        target=target,
        label=label,
        done=_("Review opened again: %(step)s", step=target.label),
        allow=policies.REOPEN,
        form=ReasonForm,
        apply=apply,
        notify=(notifications.REVIEW_REOPENED,),
    )


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
            name="begin_without_self",
            sources=(R.SELF_ASSESSMENT,),
            target=R.SUPERVISOR_ASSESSMENT,
            label=_("Begin without the self-assessment"),
            done=_("Review began without the self-assessment, which was not handed in"),
            allow=the_system,
            guard=_self_is_not_due,
            apply=_without_self,
            notify=(notifications.BEGUN_WITHOUT_SELF,),
        ),
        _add_self("add_self", R.SUPERVISOR_ASSESSMENT),
        _add_self("add_self_to_meeting", R.MEETING),
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
            label=_("Sign to confirm you have seen it"),
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
            label=_("Sign to confirm you have seen it"),
            done=_("Review signed by both"),
            allow=policies.side_whose_signature_is_missing,
            guard=_damaged,
            confirm=SEEN,
            apply=_signed_by_both,
            notify=(notifications.SIGNED,),
            tone="primary",
        ),
        _reopen(
            "back_to_meeting",
            (R.SIGNING, R.SIGNED),
            R.MEETING,
            _("Back to the meeting…"),
            _to_meeting,
        ),
        _reopen(
            "back_to_supervisor",
            (R.MEETING, R.SIGNING, R.SIGNED),
            R.SUPERVISOR_ASSESSMENT,
            _("Back to the supervisor’s part…"),
            _to_supervisor,
        ),
        _reopen(
            "back_to_self",
            (R.SUPERVISOR_ASSESSMENT, R.MEETING, R.SIGNING, R.SIGNED, R.CANCELLED),
            R.SELF_ASSESSMENT,
            _("Back to the self-assessment…"),
            _to_self,
        ),
        Transition(
            name="cancel",
            sources=queries.reviews.OPEN,
            target=R.CANCELLED,
            label=_("Call off the review…"),
            done=_("Review called off"),
            allow=policies.CANCEL_REVIEW,
            form=ReasonForm,
            apply=_cancelled,
            notify=(notifications.REVIEW_CANCELLED,),
            tone="danger",
        ),
    ],
    next_steps={
        R.SELF_ASSESSMENT: Owed("performance.self_assessment"),
        R.SUPERVISOR_ASSESSMENT: Owed("performance.supervisor_assessment"),
        R.MEETING: Owed("performance.meeting"),
        R.SIGNING: Owed("performance.sign_own", "performance.sign"),
        R.SIGNED: Rests("Both have signed, and it is kept as it was; HR can open it again."),
        R.CANCELLED: Rests("It was given up; HR can begin it again."),
    },
)
