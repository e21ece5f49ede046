"""Next steps are agreed, in a review or between two."""

from __future__ import annotations

from typing import Any

from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.models.accounts import User
from rmhr.models.performance import DevelopmentItem, ItemStatus, Review, ReviewStatus
from rmhr.performance import policies


@operation(allow=policies.ADD_STEP, done=_("Next step added"))
def add_item(actor: User, subject: Review | User, /, **data: Any) -> DevelopmentItem:
    """A next step of a person, or one agreed in a review's meeting. Raises NotPossible at another time.

    Sent twice, it is one.
    """
    owner = {"user_id": subject.id, "review_id": None}
    if isinstance(subject, Review):
        if subject.status is not ReviewStatus.MEETING:
            raise NotPossible(gettext("Next steps are added while the meeting is to be held."))
        owner = {"user_id": subject.user_id, "review_id": subject.id}
    if before := double_submit.written(actor, DevelopmentItem, **owner, **data):
        return before
    item = DevelopmentItem(**owner, **data)
    if isinstance(subject, Review):
        item.review = subject
    db.session.add(item)
    db.session.flush()
    return item


@operation(allow=policies.STEPS, done=_("Next step changed"))
def change_item(_actor: Actor, item: DevelopmentItem, /, **data: Any) -> DevelopmentItem:
    """Change an open one, unless its review is signed: what was signed stays. Raises NotPossible."""
    if item.status is not ItemStatus.OPEN:
        raise NotPossible(gettext("This step is closed. Open it again first."))
    if item.review is not None and item.review.status in (ReviewStatus.SIGNING, ReviewStatus.SIGNED):
        raise NotPossible(
            gettext("This step is part of a review that was signed. Drop it and add a new one.")
        )
    for name, value in data.items():
        setattr(item, name, value)
    db.session.flush()
    db.session.expire(item, ["competency"])
    return item
