"""Who goes on with what: another supervisor takes a review over, somebody leaves, a round is given up."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.policy import SYSTEM
from rmhr.law import deadlines
from rmhr.models.accounts import Role, User
from rmhr.models.competencies import Level
from rmhr.models.performance import Review, ReviewCycle, ReviewDraft, ReviewRating, ReviewText, Side
from rmhr.performance import notifications, policies, queries
from rmhr.performance.workflow.goals import GOALS
from rmhr.performance.workflow.items import ITEMS
from rmhr.performance.workflow.reviews import REVIEWS


@operation(allow=policies.HAND_OVER, done=_("Review handed over"))
def hand_over(_actor: Any, review: Review, *, supervisor: User) -> Review:
    """Let another supervisor go on where this one is: who led the RM has left, or cannot do it.

    What was handed in goes with it; what the former supervisor had only begun is kept for them alone. Both sides learn
    of it. Raises NotPossible once the review is signed by the supervisor or given up, for whoever has it already, and
    for whoever leads nobody here.
    """
    if review.signed_by_supervisor_at is not None:
        raise NotPossible(
            gettext("The supervisor has signed this review. It cannot be handed over any more.")
        )
    if review.status not in queries.reviews.OPEN:
        raise NotPossible(
            gettext("This review is “%(status)s”. It cannot be handed over.", status=review.status.label)
        )
    if supervisor.id in (review.supervisor_id, review.user_id):
        raise NotPossible(gettext("%(name)s has this review already.", name=supervisor.name))
    if not supervisor.is_active or not supervisor.has(Role.SUPERVISOR):
        raise NotPossible(gettext("%(name)s is no supervisor here.", name=supervisor.name))
    _give(review, supervisor)
    return review


def _give(review: Review, supervisor: User) -> None:
    former = review.supervisor
    _put_aside(review)
    review.supervisor = supervisor
    review.supervisor_chosen = policies.leader_of(review) not in (None, supervisor.id)
    _take_up(review)
    audit.mention(review, f"{former.name} → {supervisor.name}")
    outbox.queue(notifications.HANDED_OVER, review, changed=[notifications.led_by(former, supervisor)])
    draft = queries.drafts.of(review, former)
    if draft is not None:
        outbox.queue(notifications.DRAFT_KEPT, draft)


def _put_aside(review: Review) -> None:
    """Keep what the supervisor has written and not handed in for them alone; whoever comes begins anew."""
    if review.supervisor_handed_in_at is not None:
        return
    rated = [each for each in review.ratings if each.side is Side.SUPERVISOR]
    written = queries.reviews.text_of(review, Side.SUPERVISOR)
    text = written.text if written else ""
    if rated or text:
        draft = queries.drafts.of(review, review.supervisor)
        if draft is None:
            draft = ReviewDraft(review=review, author=review.supervisor)
            db.session.add(draft)
        draft.text, draft.ratings = text, [_as_draft(each) for each in rated]
    for each in rated:
        review.ratings.remove(each)
    if written is not None:
        written.text = ""
    db.session.flush()


def _as_draft(rating: ReviewRating) -> dict[str, Any]:
    return {
        "competency_id": rating.competency_id,
        "level": rating.level.value if rating.level else None,
        "evidence": rating.evidence,
    }


def _take_up(review: Review) -> None:
    """Let the supervisor go on with what they had written when they had this review before."""
    draft = queries.drafts.of(review, review.supervisor)
    if draft is None or review.supervisor_handed_in_at is not None:
        return
    written = queries.reviews.text_of(review, Side.SUPERVISOR)
    if written is None:
        written = ReviewText(review=review, side=Side.SUPERVISOR)
        db.session.add(written)
    written.text = draft.text
    for each in draft.ratings:
        level = Level(each["level"]) if each["level"] else None
        given = {"competency_id": each["competency_id"], "level": level, "evidence": each["evidence"]}
        db.session.add(ReviewRating(review=review, side=Side.SUPERVISOR, **given))
    db.session.delete(draft)
    db.session.flush()


@operation(allow=policies.EMPLOYMENT, done=_("Reviews handed over to the new supervisor"))
def hand_over_open(_actor: Any, user: User, *, to: User) -> int:
    """Let the new supervisor of a person go on with their open reviews; say how many there were.

    Goals and next steps follow whoever leads the person by themselves. A review that HR has given to somebody else on
    purpose stays there, and so does one that the supervisor has signed. Twice in a row, the second does nothing.
    """
    moved = 0
    for review in queries.reviews.open_of(user):
        if review.supervisor_id == to.id:
            review.supervisor_chosen = False
        elif not review.supervisor_chosen and review.signed_by_supervisor_at is None and to.id != user.id:
            _give(review, to)
            moved += 1
    return moved


@operation(
    allow=policies.EMPLOYMENT, done=_("Goals, reviews and next steps closed, since the person has left")
)
def close_for_leaver(_actor: Any, user: User) -> int:
    """Withdraw the open goals of somebody who has left, cancel their open reviews, drop their next steps; how many.

    Twice in a row, the second does nothing.
    """
    note = gettext("%(name)s does not work here any more.", name=user.name)
    closing = (
        (REVIEWS, "cancel", queries.reviews.open_of(user)),
        (GOALS, "cancel", queries.goals.open_of(user)),
        (ITEMS, "drop", queries.development.open_of(user)),
    )
    for flow, move, things in closing:
        for thing in things:
            flow.perform(SYSTEM, thing, move, note=note)
    return sum(len(things) for _flow, _move, things in closing)


@operation(allow=policies.HR, done=_("Round of reviews called off"))
def cancel_cycle(actor: Any, cycle: ReviewCycle, *, note: str) -> int:
    """Cancel all reviews of a round that are open; signed ones stay. Say how many there were.

    One's own stays open: somebody else in HR cancels that. Raises NotPossible where nothing is open.
    """
    reviews = [each for each in queries.reviews.open_in(cycle) if policies.CANCEL_REVIEW(actor, each)]
    if not reviews:
        raise NotPossible(gettext("No review of this round is open."))
    for review in reviews:
        REVIEWS.perform(actor, review, "cancel", note=note)
    audit.mention(cycle, note)
    return len(reviews)


def follow_leaders() -> int:
    """Hand open reviews over to whoever leads the RM by now; say how many there were."""
    return sum(one_by_one(queries.reviews.led_by_others(), _follow_leader))


def _follow_leader(review: Review) -> int:
    employee = review.user.employee
    if employee is None or employee.supervisor is None or not employee.supervisor.is_active:
        return 0
    return hand_over_open(SYSTEM, review.user, to=employee.supervisor)


def begin_without_self() -> int:
    """Let reviews begin whose self-assessment is not handed in by now; say how many there were."""
    late = queries.reviews.without_self(clock.today() - deadlines.BEGIN_REVIEW_WITHOUT_SELF.span)
    return len(one_by_one(late, lambda review: REVIEWS.perform(SYSTEM, review, "begin_without_self")))
