"""What of goals and reviews hangs on a person; and what another supervisor of an RM takes over on the day."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.accounts import queries as accounts
from rmhr.accounts.workflow import EMPLOYMENT
from rmhr.core.db import Rows, db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import EmploymentEvent, EmploymentKind, Role, User
from rmhr.models.performance import Goal, GoalGroup, GoalStatus, Review, ReviewStatus
from rmhr.performance import operations

#: Reviews that the supervisor has still something to do with.
OPEN = sa.and_(Review.status != ReviewStatus.SIGNED, Review.signed_by_supervisor_at.is_(None))
#: Goals that somebody still has to agree to or conclude.
UNDER_WAY = (*GoalStatus.within(GoalGroup.PROPOSED), GoalStatus.AGREED)


@EMPLOYMENT.after(EmploymentKind.CHANGES.value, order=60)
def give_what_is_open_to_the_new_supervisor(_actor: Actor, event: EmploymentEvent) -> None:
    """Open goals and reviews of an RM who moves go to whoever leads them now."""
    if "supervisor_id" not in event.changes:
        return
    after = event.becomes("supervisor_id")
    successor = accounts.people.by_id(after) if after else None
    if successor is None:
        return
    operations.handing_over.hand_over_open(SYSTEM, event.user, to=successor)
    _give_goals(Goal.user_id == event.user_id, successor)


@EMPLOYMENT.after(EmploymentKind.LEAVES.value, order=60)
def close_what_is_about_a_leaver(_actor: Actor, event: EmploymentEvent) -> None:
    """Goals, reviews and next steps of somebody who is not there end."""
    operations.handing_over.close_for_leaver(SYSTEM, event.user)


def _hand_over_review(review: Review, successor: User) -> bool:
    try:
        operations.handing_over.hand_over(SYSTEM, review, supervisor=successor)
    except NotPossible:
        return False  # HR owes it: somebody else has to be found
    return True


def _give_goals(whose: sa.ColumnElement[bool], successor: User) -> int:
    found = db.session.scalars(
        sa.select(Goal).where(
            whose,
            Goal.status.in_(UNDER_WAY),
            Goal.supervisor_id != successor.id,
            Goal.user_id != successor.id,
        )
    ).unique()
    done = 0
    for goal in found.all():
        goal.supervisor = successor
        audit.mention(goal, successor.name)
        done += 1
    return done


def _reviews() -> Rows:
    return (
        sa.select(
            Review.supervisor_id.label("user_id"), Review.id.label("subject_id"), User.name.label("what")
        )
        .join(User, User.id == Review.user_id)
        .where(OPEN)
    )


def _goals() -> Rows:
    # Whose goal it is, not what it says.
    return (
        sa.select(Goal.supervisor_id.label("user_id"), Goal.id.label("subject_id"), User.name.label("what"))
        .join(User, User.id == Goal.user_id)
        .where(Goal.status.in_(UNDER_WAY))
    )


@hangs(
    "performance.reviewing",
    label=_("Reviews that they write"),
    find=_reviews,
    endpoint="performance.review",
    roles=(Role.SUPERVISOR,),
)
@operation(allow=policies.MANAGE, done=_("Reviews handed over"))
def hand_over_reviews(_actor: Actor, person: User, *, successor: User) -> int:
    """Let the successor go on with the reviews that are open: how many."""
    mine = sa.select(Review).where(Review.supervisor_id == person.id, OPEN)
    return sum(_hand_over_review(review, successor) for review in db.session.scalars(mine).unique().all())


@hangs(
    "performance.leading",
    label=_("Goals that they agree and conclude"),
    find=_goals,
    endpoint="performance.goal",
    roles=(Role.SUPERVISOR,),
)
@operation(allow=policies.MANAGE, done=_("Goals handed over"))
def hand_over_goals(_actor: Actor, person: User, *, successor: User) -> int:
    """Let the successor agree and conclude what is under way: how many goals."""
    return _give_goals(Goal.supervisor_id == person.id, successor)
