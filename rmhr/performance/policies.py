"""Who may do what with goals, reviews and development items. Nobody agrees to their own proposal."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.policies import oneself, supervisor_of_the_person
from rmhr.core.policy import has_role, rule, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.performance import Goal, GoalGroup, Review


def leads(user: Any, thing: Any) -> bool:
    """Whether this person leads whom a goal or an item is about: now, or, where nobody does now, then."""
    employee = thing.user.employee
    now = employee.supervisor_id if employee else None
    return isinstance(user, User) and user.id != thing.user_id and user.id == (now or thing_supervisor(thing))


def thing_supervisor(thing: Any) -> int | None:
    """Who led when it was made."""
    if isinstance(thing, Goal):
        return thing.supervisor_id
    return thing.review.supervisor_id if thing.review else None


@rule
def rm_of_the_goal(user: Any, goal: Any) -> bool:
    """Whose goal it is."""
    return isinstance(user, User) and goal.user_id == user.id


@rule
def supervisor_of_the_rm(user: Any, thing: Any) -> bool:
    """Whoever leads the RM."""
    return leads(user, thing)


@rule
def side_that_did_not_propose(user: Any, goal: Any) -> bool:
    """The RM where the supervisor proposed, the supervisor where the RM did."""
    if not isinstance(user, User) or user.id == goal.proposed_by_id:
        return False
    if goal.proposed_by_id == goal.user_id:
        return leads(user, goal)
    return bool(goal.user_id == user.id)


@rule
def not_agreed_yet(_user: Any, goal: Any) -> bool:
    """While it is a draft or a proposal."""
    return bool(goal.status.group is GoalGroup.PROPOSED)


@rule
def rm_of_the_review(user: Any, review: Any) -> bool:
    """Whose review it is."""
    return isinstance(user, User) and review.user_id == user.id


@rule
def supervisor_of_the_review(user: Any, review: Any) -> bool:
    """Whoever writes the other part."""
    return isinstance(user, User) and review.supervisor_id == user.id


def has_signed(user: Any, review: Review) -> bool:
    """Whether this side has signed."""
    if review.user_id == user.id:
        return review.signed_by_employee_at is not None
    return review.signed_by_supervisor_at is not None


@rule
def side_while_nobody_has_signed(user: Any, review: Any) -> bool:
    """Either side, for the first signature."""
    return REVIEWED(user, review) and not (review.signed_by_employee_at or review.signed_by_supervisor_at)


@rule
def side_whose_signature_is_missing(user: Any, review: Any) -> bool:
    """The other side, for the second signature."""
    one = bool(review.signed_by_employee_at) != bool(review.signed_by_supervisor_at)
    return REVIEWED(user, review) and one and not has_signed(user, review)


@rule
def not_their_own_review(user: Any, review: Any) -> bool:
    """Nobody chooses who reviews them."""
    return isinstance(user, User) and review.user_id != user.id


@rule
def rm_of_the_item(user: Any, item: Any) -> bool:
    """Whose next step it is."""
    return isinstance(user, User) and item.user_id == user.id


SEE = has_role(Role.RM, Role.SUPERVISOR, Role.HR)
HR = has_role(Role.HR)
#: Giving a review to another supervisor.
HAND_OVER = (HR & not_their_own_review) | the_system
#: Both sides of a goal.
SIDES = rm_of_the_goal | supervisor_of_the_rm
#: Who may set a goal or a next step for a person.
SET = (oneself & has_role(Role.RM)) | supervisor_of_the_person
WRITE = has_role(Role.RM, Role.SUPERVISOR)
CANCEL = supervisor_of_the_rm | (rm_of_the_goal & not_agreed_yet)
#: Both sides of a review.
REVIEWED = rm_of_the_review | supervisor_of_the_review
STEPS = rm_of_the_item | supervisor_of_the_rm


@rule
def side_of_the_review_or_leader(user: Any, subject: Any) -> bool:
    """Of a review: either side. Of a person: that person as an RM, or whoever leads them."""
    return REVIEWED(user, subject) if isinstance(subject, Review) else SET(user, subject)


ADD_STEP = side_of_the_review_or_leader
