"""What of offers hangs on a person: the candidates who would report to them, or whom they would accompany."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core.db import Rows, db
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.offers import Offer, OfferStatus

#: Once somebody is hired the employment and the plan say who it is.
OPEN = (OfferStatus.DRAFT, OfferStatus.SENT, OfferStatus.CONDITIONAL)


def _whose(column: Any) -> Rows:
    return (
        sa.select(column.label("user_id"), Offer.id.label("subject_id"), Application.name.label("what"))
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.status.in_(OPEN), column.is_not(None))
    )


def _hand_over(column: Any, person: User, successor: User) -> int:
    """Nobody is handed the offer that is made to them."""
    own = sa.select(Applicant.id).where(Applicant.user_id == successor.id)
    found = db.session.scalars(
        sa.select(Offer)
        .join(Application, Application.id == Offer.application_id)
        .where(column == person.id, Offer.status.in_(OPEN), Application.applicant_id.not_in(own))
    ).unique()
    done = 0
    for offer in found.all():
        setattr(offer, column.key.removesuffix("_id"), successor)
        audit.mention(offer, successor.name)
        done += 1
    return done


@hangs(
    "offers.supervising",
    label=_("Candidates who would report to them"),
    find=lambda: _whose(Offer.supervisor_id),
    endpoint="offers.show",
    roles=(Role.SUPERVISOR,),
)
@operation(allow=policies.MANAGE, done=_("Supervisor in the offer handed over"))
def hand_over_supervising(_actor: Any, person: User, *, successor: User) -> int:
    """Let those to whom something is offered report to the successor: how many offers."""
    return _hand_over(Offer.supervisor_id, person, successor)


@hangs(
    "offers.mentoring",
    label=_("Candidates whose mentor they would be"),
    find=lambda: _whose(Offer.mentor_id),
    endpoint="offers.show",
    roles=(Role.MENTOR,),
)
@operation(allow=policies.MANAGE, done=_("Mentor in the offer handed over"))
def hand_over_mentoring(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor be the mentor of those to whom something is offered: how many offers."""
    return _hand_over(Offer.mentor_id, person, successor)


@hangs(
    "offers.accompanying",
    label=_("Candidates whose buddy they would be"),
    find=lambda: _whose(Offer.buddy_id),
    endpoint="offers.show",
    roles=(Role.RM,),
)
@operation(allow=policies.MANAGE, done=_("Buddy in the offer handed over"))
def hand_over_accompanying(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor be the buddy of those to whom something is offered: how many offers."""
    return _hand_over(Offer.buddy_id, person, successor)
