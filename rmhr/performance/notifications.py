"""What is said about goals and reviews, and to whom."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.changes import Change, Fact
from rmhr.core.mail.outbox import Notice
from rmhr.models.accounts import User
from rmhr.models.performance import Goal, Review


def supervisor_now(goal: Goal) -> User:
    """Who leads the RM today; where nobody does, whoever did when the goal was made."""
    employee = goal.user.employee
    return employee.supervisor if employee and employee.supervisor else goal.supervisor


def other_side(goal: Goal) -> User:
    """Who answers a proposal."""
    return supervisor_now(goal) if goal.proposed_by_id == goal.user_id else goal.user


def _proposer(goal: Goal) -> list[User]:
    return [goal.proposed_by] if goal.proposed_by else []


def _about_goal(goal: Goal, recipient: Any) -> dict[str, Any]:
    proposer = goal.proposed_by
    answering = other_side(goal)
    return {"what": goal.title, "proposer": proposer.name if proposer else "", "other": answering.name}


def _about_review(review: Review, recipient: Any) -> dict[str, Any]:
    other = review.supervisor if recipient.id == review.user_id else review.user
    return {"person": review.user.name, "other": other.name, "own": recipient.id == review.user_id}


def led_by(former: User, supervisor: User) -> Change:
    """That somebody else has the review from now on."""
    return Change(*(Fact(_("Supervisor"), person.name) for person in (former, supervisor)))


def _both(review: Review) -> list[User]:
    """Both sides, as far as they still work here."""
    return [person for person in (review.user, review.supervisor) if person.is_active]


def _waiting(review: Review) -> list[User]:
    sides = ((review.user, review.signed_by_employee_at), (review.supervisor, review.signed_by_supervisor_at))
    return [person for person, signed in sides if signed is None]


PROPOSED = Notice(
    name="performance.goal_proposed",
    subject=_("%(proposer)s proposes a goal: %(what)s"),
    to=lambda goal: [other_side(goal)],
    context=_about_goal,
)
AGREED = Notice(
    name="performance.goal_agreed",
    subject=_("Your proposal is agreed: %(what)s"),
    to=_proposer,
    context=_about_goal,
)
SENT_BACK = Notice(
    name="performance.goal_sent_back",
    subject=_("Your proposal was sent back: %(what)s"),
    to=_proposer,
    context=_about_goal,
)
OPENED = Notice(
    name="performance.review_opened",
    subject=_("Your review is open: write your self-assessment"),
    to=lambda review: [review.user],
    context=_about_review,
)
HANDED_OVER = Notice(
    name="performance.handed_over",
    subject=_("Review of %(person)s: now with %(supervisor)s"),
    to=_both,
    context=lambda review, recipient: (
        _about_review(review, recipient) | {"supervisor": review.supervisor.name}
    ),
)
DRAFT_KEPT = Notice(
    name="performance.draft_kept",
    subject=_("Review of %(person)s: what you had begun is kept for you alone"),
    to=lambda draft: [draft.author] if draft.author.is_active else [],
    context=lambda draft, recipient: {
        "person": draft.review.user.name,
        "supervisor": draft.review.supervisor.name,
    },
)
BEGUN_WITHOUT_SELF = Notice(
    name="performance.begun_without_self",
    subject=_("Review of %(person)s: it begins without the self-assessment"),
    to=_both,
    context=_about_review,
)
SELF_ADDED = Notice(
    name="performance.self_added",
    subject=_("%(person)s has added the self-assessment"),
    to=lambda review: [review.supervisor],
    context=_about_review,
)
REVIEW_REOPENED = Notice(
    name="performance.review_reopened",
    subject=_("Review of %(person)s: opened again"),
    to=_both,
    context=lambda review, recipient: _about_review(review, recipient) | {"step": review.status.label},
)
REVIEW_CANCELLED = Notice(
    name="performance.review_cancelled",
    subject=_("Review of %(person)s: called off"),
    to=_both,
    context=_about_review,
)
GOAL_REOPENED = Notice(
    name="performance.goal_reopened",
    subject=_("Your goal is open again: %(what)s"),
    to=lambda goal: [goal.user] if goal.user.is_active else [],
    context=lambda goal, recipient: {"what": goal.title, "other": supervisor_now(goal).name},
)
SELF_HANDED_IN = Notice(
    name="performance.self_handed_in",
    subject=_("%(person)s has handed in the self-assessment"),
    to=lambda review: [review.supervisor],
    context=_about_review,
)
SUPERVISOR_HANDED_IN = Notice(
    name="performance.supervisor_handed_in",
    subject=_("Your review: invitation to the meeting"),
    to=lambda review: [review.user],
    context=_about_review,
)
TO_SIGN = Notice(
    name="performance.to_sign",
    subject=_("Review of %(person)s: to be signed"),
    to=_waiting,
    context=_about_review,
)
SIGNED = Notice(
    name="performance.signed",
    subject=_("Review of %(person)s: signed by both"),
    to=_both,
    context=_about_review,
)
