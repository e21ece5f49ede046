"""HR opens a round; both sides write their parts while these are open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.mail import outbox
from rmhr.models.accounts import User
from rmhr.models.competencies import Level
from rmhr.models.performance import Review, ReviewCycle, ReviewRating, ReviewStatus, ReviewText, Side
from rmhr.performance import notifications, policies, queries


@operation(allow=policies.HR, done=_("Round of reviews opened"))
def open_cycle(
    actor: User,
    _subject: None,
    *,
    title: Words,
    starts_on: date,
    ends_on: date,
    self_due_on: date,
    supervisor_due_on: date,
    meeting_due_on: date,
    people: Sequence[int],
) -> ReviewCycle:
    """A review for each of these people; each is told. Raises NotPossible where nobody is left to review.

    Whoever has an open review of some of these days already is left out. Sent twice, it is one round.
    """
    chosen = [user for user in queries.reviews.reviewable() if user.id in set(people)]
    if not chosen:
        raise NotPossible(
            gettext("There is nobody to review: none of the people chosen is an RM with a supervisor.")
        )
    before = double_submit.written(actor, ReviewCycle, title=title, starts_on=starts_on, ends_on=ends_on)
    if before and queries.reviews.reviewed_in(before) == {user.id for user in chosen}:
        return before
    under_way = queries.reviews.under_way([user.id for user in chosen], starts_on, ends_on)
    chosen = [user for user in chosen if user.id not in under_way]
    if not chosen:
        raise NotPossible(
            gettext(
                "Everybody chosen has an open review of this period already. Sign or call off that first."
            )
        )
    cycle = ReviewCycle(title=title, starts_on=starts_on, ends_on=ends_on)
    opened = [
        Review(
            cycle=cycle,
            user=user,
            supervisor_id=user.employee.supervisor_id,
            self_due_on=self_due_on,
            supervisor_due_on=supervisor_due_on,
            meeting_due_on=meeting_due_on,
            texts=[ReviewText(side=side) for side in Side],
        )
        for user in chosen
        if user.employee
    ]
    db.session.add_all([cycle, *opened])
    db.session.flush()
    for review in opened:
        outbox.queue(notifications.OPENED, review)
    return cycle


def _side(actor: User, review: Review) -> Side:
    """Whose part this person writes. Raises NotAllowed while it is not open."""
    sight = queries.reviews.sight(actor, review)
    if sight.side is None:
        raise NotAllowed(gettext("You are not allowed to do this."))
    if not sight.writes:
        raise NotPossible(gettext("Your part is handed in, or not open yet. It cannot be changed now."))
    return sight.side


@operation(allow=policies.REVIEWED, done=_("Draft saved"))
def save_rating(
    actor: User, review: Review, *, competency_id: int, level: Level | None, evidence: str
) -> ReviewRating:
    """One competency of one's own part. Whoever calls it has locked the review."""
    side = _side(actor, review)
    rating = queries.reviews.ratings(review, side).get(competency_id)
    if rating is None:
        rating = ReviewRating(review=review, side=side, competency_id=competency_id)
        db.session.add(rating)
    rating.level, rating.evidence = level, evidence
    return rating


@operation(allow=policies.REVIEWED, done=_("Draft saved"))
def save_text(actor: User, review: Review, *, text: str) -> ReviewText:
    """The words of one's own part."""
    side = _side(actor, review)
    written = queries.reviews.text_of(review, side)
    if written is None:
        written = ReviewText(review=review, side=side)
        db.session.add(written)
    written.text = text
    return written


@operation(allow=policies.rm_of_the_review, done=_("Comment saved"))
def comment(_actor: User, review: Review, *, comment: str) -> None:
    """Store the RM's own comment. Raises NotPossible before the meeting and once they have signed."""
    if review.status is not ReviewStatus.SIGNING or review.signed_by_employee_at is not None:
        raise NotPossible(gettext("A comment can be written between the meeting and your signature."))
    review.employee_comment = comment
