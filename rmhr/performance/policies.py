"""Who may do what with goals, reviews and development items. Nobody agrees to their own proposal."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.policies import MANAGE, oneself, supervisor_of_the_person
from rmhr.core.policy import access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.performance import DevelopmentItem, Goal, GoalGroup, Review


def leader_of(thing: Any) -> int | None:
    """Who leads whom a goal, a review or an item is about now; None where nobody does."""
    employee = thing.user.employee
    return employee.supervisor_id if employee else None


def leads(user: Any, thing: Any) -> bool:
    """Whether this person leads whom a goal or an item is about: now, or, where nobody does now, then."""
    is_other = isinstance(user, User) and user.id != thing.user_id
    return is_other and user.id == (leader_of(thing) or thing_supervisor(thing))


def thing_supervisor(thing: Goal | DevelopmentItem) -> int | None:
    """Who led when it was made."""
    if isinstance(thing, Goal):
        return thing.supervisor_id
    return thing.review.supervisor_id if thing.review else None


@access_rule
def rm_of_the_goal(user: object, goal: Goal) -> bool:
    """Whose goal it is."""
    return isinstance(user, User) and goal.user_id == user.id


@access_rule
def supervisor_of_the_rm(user: object, thing: Goal | DevelopmentItem) -> bool:
    """Whoever leads the RM."""
    return leads(user, thing)


@access_rule
def side_that_did_not_propose(user: object, goal: Goal) -> bool:
    """The RM where the supervisor proposed, the supervisor where the RM did."""
    if not isinstance(user, User) or user.id == goal.proposed_by_id:
        return False
    if goal.proposed_by_id == goal.user_id:
        return leads(user, goal)
    return bool(goal.user_id == user.id)


@access_rule
def not_agreed_yet(_user: object, goal: Goal) -> bool:
    """While it is a draft or a proposal."""
    return bool(goal.status.group is GoalGroup.PROPOSED)


@access_rule
def rm_of_the_review(user: object, review: Review) -> bool:
    """Whose review it is."""
    return isinstance(user, User) and review.user_id == user.id


@access_rule
def supervisor_of_the_review(user: Any, review: Any) -> bool:
    """Whoever writes the other part: as long as they lead the RM, unless HR has chosen them."""
    return isinstance(user, User) and review.supervisor_id == user.id and follows(review)


def follows(review: Review) -> bool:
    """Whether the review is with whom it belongs to. Of whoever does not lead the RM any more, it is no longer."""
    return review.supervisor_chosen or leader_of(review) in (None, review.supervisor_id)


def has_signed(user: User, review: Review) -> bool:
    """Whether this side has signed."""
    if review.user_id == user.id:
        return review.signed_by_employee_at is not None
    return review.signed_by_supervisor_at is not None


@access_rule
def rm_whose_words_are_missing(user: Any, review: Any) -> bool:
    """The RM, where the review went on without the self-assessment."""
    return rm_of_the_review(user, review) and may_add_self(review)


def may_add_self(review: Review) -> bool:
    """Whether the self-assessment can still be handed in although the review went on without it."""
    return review.begun_without_self_on is not None and review.self_handed_in_at is None


@access_rule
def side_while_nobody_has_signed(user: Any, review: Any) -> bool:
    """Either side, for the first signature."""
    return REVIEWED(user, review) and not (review.signed_by_employee_at or review.signed_by_supervisor_at)


@access_rule
def side_whose_signature_is_missing(user: object, review: Review) -> bool:
    """The other side, for the second signature."""
    one = bool(review.signed_by_employee_at) != bool(review.signed_by_supervisor_at)
    return isinstance(user, User) and one and REVIEWED(user, review) and not has_signed(user, review)


@access_rule
def not_their_own_review(user: object, review: Review) -> bool:
    """Nobody chooses who reviews them."""
    return isinstance(user, User) and review.user_id != user.id


@access_rule
def rm_of_the_item(user: object, item: DevelopmentItem) -> bool:
    """Whose next step it is."""
    return isinstance(user, User) and item.user_id == user.id


@access_rule
def author_of_the_draft(user: Any, draft: Any) -> bool:
    """Whoever wrote it, and nobody else."""
    return isinstance(user, User) and draft.author_id == user.id


SEE = has_role(Role.RM, Role.SUPERVISOR, Role.HR)
HR = has_role(Role.HR)
#: Giving a review to another supervisor.
HAND_OVER = (HR & not_their_own_review) | the_system
#: Opening a review again, or cancelling it.
REOPEN = HR & not_their_own_review
CANCEL_REVIEW = REOPEN | the_system
#: What follows from somebody's employment: a new supervisor, the last day.
EMPLOYMENT = MANAGE
#: Both sides of a goal.
SIDES = rm_of_the_goal | supervisor_of_the_rm
#: Both sides of a review, and HR, who opens one again and cancels one.
MOVE = has_role(Role.RM, Role.SUPERVISOR, Role.HR)
#: Who may set a goal or a next step for a person.
SET = (oneself & has_role(Role.RM)) | supervisor_of_the_person
WRITE = has_role(Role.RM, Role.SUPERVISOR)
CANCEL = supervisor_of_the_rm | (rm_of_the_goal & not_agreed_yet) | the_system
#: Both sides of a review.
REVIEWED = rm_of_the_review | supervisor_of_the_review
STEPS = rm_of_the_item | supervisor_of_the_rm
DROP = STEPS | the_system


@access_rule
def side_of_the_review_or_leader(user: object, subject: Review | User) -> bool:
    """Of a review: either side. Of a person: that person as an RM, or whoever leads them."""
    return REVIEWED(user, subject) if isinstance(subject, Review) else SET(user, subject)


ADD_STEP = side_of_the_review_or_leader
