"""What is owed around goals and reviews."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.core.db import Rows
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import Employee, User
from rmhr.models.performance import (
    DevelopmentItem,
    Goal,
    GoalStatus,
    ItemStatus,
    Review,
    ReviewCycle,
    ReviewStatus,
)
from rmhr.models.reminders import Basis, EscalationLevel

#: Days around the due date: of what takes a minute, and of what takes an evening.
SMALL = (0, 3, 7)
LARGE = (-7, -2, 0, 3, 7)


def _goals(due_on: Any, status: GoalStatus) -> Rows:
    return (
        sa.select(
            Goal.id.label("subject_id"),
            due_on.label("due_on"),
            Goal.title.label("what"),
            User.name.label("person"),
        )
        .join(User, User.id == Goal.user_id)
        .where(Goal.status == status, due_on.is_not(None))
    )


def _led(goals: Rows) -> tuple[Rows, Rows]:
    """Goals owed by who leads the RM now; where nobody does, by whoever did when the goal was made.

    Two SELECTs, so that either finds the goals of one leader by an index.
    """
    now = (
        sa.select(Employee.id)
        .where(Employee.user_id == Goal.user_id, Employee.supervisor_id.is_not(None))
        .correlate(Goal)
    )
    return (
        goals.join(Employee, Employee.user_id == Goal.user_id)
        .add_columns(Employee.supervisor_id.label("owner_id"))
        .where(Employee.supervisor_id.is_not(None)),
        goals.add_columns(Goal.supervisor_id.label("owner_id")).where(~now.exists()),
    )


def _either(*goals: Rows) -> Rows:
    return sa.select(sa.union_all(*goals).subquery())


@source(
    "performance.propose",
    label=N_("Drafts of goals"),
    remind_on=SMALL,
    text=N_("Propose the goal “%(what)s”, or withdraw it"),
    why=N_("A draft of yours for %(person)s, written down or sent back; it counts when both agree"),
    verb=N_("View"),
    endpoint="performance.goal",
    icon="pencil",
    snooze=7,
)
def to_propose() -> Rows:
    """What whoever wrote a draft down owes it; where that was a supervisor, whoever leads the RM now."""
    goals = _goals(Goal.propose_by, GoalStatus.DRAFT)
    by_rm = sa.or_(Goal.proposed_by_id.is_(None), Goal.proposed_by_id == Goal.user_id)
    return _either(*_led(goals.where(~by_rm)), goals.add_columns(Goal.user_id.label("owner_id")).where(by_rm))


@source(
    "performance.agree",
    label=N_("Proposed goals"),
    remind_on=SMALL,
    text=N_("Answer the proposed goal “%(what)s”"),
    why=N_("%(proposer)s has proposed it to you"),
    verb=N_("Respond"),
    endpoint="performance.goal",
    icon="chat-left-text",
    snooze=5,
    awaited=N_("Answer to the proposed goal “%(what)s”"),
)
def to_agree() -> Rows:
    """What the side that did not propose owes."""
    proposer = aliased(User)
    goals = (
        _goals(Goal.agree_by, GoalStatus.PROPOSED)
        .add_columns(proposer.name.label("proposer"), Goal.proposed_by_id.label("waits_id"))
        .join(proposer, proposer.id == Goal.proposed_by_id)
    )
    by_rm = Goal.proposed_by_id == Goal.user_id
    return _either(*_led(goals.where(by_rm)), goals.add_columns(Goal.user_id.label("owner_id")).where(~by_rm))


@source(
    "performance.check_in",
    label=N_("Check-ins on goals"),
    remind_on=SMALL,
    text=N_("Check in on “%(what)s”"),
    why=N_("Your goal: check-in every 30 days"),
    personal=True,
    verb=N_("Check in"),
    endpoint="performance.check_in",
    icon="bullseye",
    snooze=7,
)
def to_check_in() -> Rows:
    """What RMs owe their goals."""
    return _goals(Goal.check_in_by, GoalStatus.AGREED).add_columns(Goal.user_id.label("owner_id"))


@source(
    "performance.conclude",
    label=N_("Goals to conclude"),
    remind_on=(0, 7, 14),
    text=N_("Conclude the goal “%(what)s”"),
    why=N_("The goal of %(person)s is due"),
    verb=N_("Conclude"),
    endpoint="performance.goal",
    icon="flag",
    snooze=7,
    awaited=N_("Conclusion of your goal “%(what)s”"),
)
def to_conclude() -> Rows:
    """What supervisors owe the goals of their team when these are due."""
    goals = _goals(Goal.due_on, GoalStatus.AGREED).add_columns(Goal.user_id.label("waits_id"))
    return _either(*_led(goals))


def _reviews(owner: Any, due_on: Any, since: Any, status: ReviewStatus) -> Rows:
    """What one side owes a review; the other side waits for it."""
    waits = Review.supervisor_id if owner is Review.user_id else Review.user_id
    return (
        sa.select(
            Review.id.label("subject_id"),
            owner.label("owner_id"),
            due_on.label("due_on"),
            since.label("since_on"),
            waits.label("waits_id"),
            User.name.label("person"),
            ReviewCycle.title.label("round"),
        )
        .join(User, User.id == Review.user_id)
        .join(ReviewCycle, ReviewCycle.id == Review.cycle_id)
        .where(Review.status == status, due_on.is_not(None))
    )


@source(
    "performance.self_assessment",
    label=N_("Self-assessments"),
    remind_on=LARGE,
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING),),
    text=N_("Write your self-assessment"),
    why=N_("Your review, %(round)s"),
    verb=N_("Write"),
    endpoint="performance.review",
    icon="pencil",
    otherwise=N_("The review begins without your own words"),
    otherwise_by="performance_reviews.begin_without_self",
    snooze=3,
    awaited=N_("Self-assessment of %(person)s"),
    personal=True,
)
def self_assessments() -> Rows:
    """What RMs owe first."""
    opened = day_of(Review.created_at)
    return _reviews(Review.user_id, Review.self_due_on, opened, ReviewStatus.SELF_ASSESSMENT)


@source(
    "performance.supervisor_assessment",
    label=N_("Assessments of your team"),
    remind_on=LARGE,
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR, EscalationLevel.HR), Basis.WORKING),),
    text=N_("Write your part of %(person)s’s review"),
    why=N_("It is your turn in the review; %(round)s"),
    verb=N_("Write"),
    endpoint="performance.review",
    icon="pencil",
    otherwise=N_("The meeting cannot take place"),
    otherwise_by="performance_reviews.record_meeting",
    snooze=3,
    awaited=N_("Your supervisor’s part of your review"),
)
def supervisor_assessments() -> Rows:
    """What supervisors owe then."""
    since = sa.func.coalesce(day_of(Review.self_handed_in_at), Review.begun_without_self_on)
    return _reviews(Review.supervisor_id, Review.supervisor_due_on, since, ReviewStatus.SUPERVISOR_ASSESSMENT)


@source(
    "performance.meeting",
    label=N_("Review meetings"),
    remind_on=LARGE,
    escalation=(ReminderStep(5, (EscalationLevel.SUPERVISOR, EscalationLevel.HR), Basis.WORKING),),
    text=N_("Hold the review meeting with %(person)s"),
    why=N_("Both parts are handed in; %(round)s"),
    verb=N_("Record"),
    endpoint="performance.review",
    icon="people",
    snooze=5,
    awaited=N_("The meeting about your review"),
)
def meetings() -> Rows:
    """What supervisors owe after both assessments."""
    since = day_of(Review.supervisor_handed_in_at)
    return _reviews(Review.supervisor_id, Review.meeting_due_on, since, ReviewStatus.MEETING)


@source(
    "performance.sign_own",
    label=N_("Reviews to sign as the person reviewed"),
    remind_on=SMALL,
    escalation=(ReminderStep(10, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("Sign your review"),
    why=N_("The meeting is recorded; your signature means that you have seen it"),
    verb=N_("Sign"),
    endpoint="performance.review",
    icon="pen",
    must=N_("Your signature closes a document about you"),
    awaited=N_("Signature of %(person)s under the review"),
    personal=True,
)
def own_signatures() -> Rows:
    """The signatures that RMs owe."""
    waiting = _reviews(Review.user_id, Review.sign_by, Review.met_on, ReviewStatus.SIGNING)
    return waiting.where(Review.signed_by_employee_at.is_(None))


@source(
    "performance.sign",
    label=N_("Reviews to sign as supervisor"),
    remind_on=SMALL,
    escalation=(ReminderStep(10, (EscalationLevel.HR,), Basis.WORKING),),
    text=N_("Sign the review of %(person)s"),
    why=N_("The meeting is recorded; your signature means that you have seen it"),
    verb=N_("Sign"),
    endpoint="performance.review",
    icon="pen",
    awaited=N_("Your supervisor’s signature under your review"),
)
def supervisors_signatures() -> Rows:
    """The signatures that supervisors owe."""
    waiting = _reviews(Review.supervisor_id, Review.sign_by, Review.met_on, ReviewStatus.SIGNING)
    return waiting.where(Review.signed_by_supervisor_at.is_(None))


@source(
    "performance.item",
    label=N_("Steps of the development plan"),
    remind_on=(-7, 0, 7),
    text=N_("Next step: %(what)s"),
    why=N_("From your development plan"),
    personal=True,
    verb=N_("View"),
    endpoint="performance.item",
    icon="mortarboard",
    snooze=14,
    click="performance_development.transition",
    click_params={"id": "subject_id", "name": "transition"},
    click_verb=N_("Done"),
    undo="reopen",
)
def next_steps() -> Rows:
    """What RMs have agreed to learn."""
    return (
        sa.select(
            DevelopmentItem.id.label("subject_id"),
            DevelopmentItem.user_id.label("owner_id"),
            DevelopmentItem.due_on.label("due_on"),
            day_of(DevelopmentItem.created_at).label("since_on"),
            DevelopmentItem.aim.label("what"),
            User.name.label("person"),
            sa.literal("complete").label("transition"),
        )
        .join(User, User.id == DevelopmentItem.user_id)
        .where(DevelopmentItem.status == ItemStatus.OPEN)
    )
