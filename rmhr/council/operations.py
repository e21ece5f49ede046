"""Every write about the works council that is not a transition, and what settles a provisional hiring."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import job, one_by_one
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.council import days, policies, queries
from rmhr.council.workflow import HIRINGS, REQUESTS
from rmhr.models.accounts import User
from rmhr.models.council import CouncilRequest, CouncilStatus
from rmhr.models.offers import Offer


@operation(allow=policies.FOLLOW, done=_("Request to the works council prepared"))
def prepare(_actor: Actor, offer: Offer, /) -> CouncilRequest | None:
    """The request that an offer needs, with the day by which it should be made; None where nobody has to consent.

    It may be called twice: what was asked stays as it is.
    """
    if queries.needed() is not True:
        return None
    request = queries.standing(offer)
    if request is None:
        request = CouncilRequest(offer=offer, ask_by=days.ask_by(offer))
        try:
            with db.session.begin_nested():
                db.session.add(request)
                db.session.flush()
        except IntegrityError:
            return queries.standing(offer)  # somebody else has just prepared it
    elif request.status is CouncilStatus.TO_ASK:
        request.ask_by = days.ask_by(offer)
    return request


@operation(allow=policies.FOLLOW, done=_("Request to the works council withdrawn"))
def lapse(_actor: Actor, offer: Offer, /, *, reason: str) -> None:
    """The offer has come to nothing: the council need not answer."""
    request = queries.standing(offer)
    if request is None:
        return
    if request.status in queries.PENDING:
        REQUESTS.perform(SYSTEM, request, "withdraw", note=reason)
    hiring = request.provisional
    if hiring is not None and hiring.status in HIRINGS["end"].sources:
        HIRINGS.perform(SYSTEM, hiring, "end", ended_on=clock.today(), note=reason)


@operation(allow=policies.HR, done=_("Documents for the works council downloaded, number of applications"))
def hand_over(actor: User, request: CouncilRequest, /) -> None:
    """Tell in the history that somebody takes the documents of all who applied out of the product.

    Raises NotPossible for somebody who must not know of all of them.
    """
    posting = request.offer.application.posting
    if queries.hidden_among(actor, posting):
        raise NotPossible(
            gettext(
                "The council gets the documents of all who applied, and some of them are not yours to see. Ask "
                "somebody else in HR to do this."
            )
        )
    audit.mention(request, str(len(queries.listed_among(actor, posting))))


@REQUESTS.after("consent", order=5)
@REQUESTS.after("deem", order=5)
@REQUESTS.after("replace", order=5)
def settle(_actor: Actor, request: CouncilRequest) -> None:
    """With consent a provisional hiring is none any more."""
    hiring = request.provisional
    if hiring is not None and hiring.status in HIRINGS["let_stand"].sources:
        HIRINGS.perform(SYSTEM, hiring, "let_stand")


@REQUESTS.after("reject", order=5)
def end_provisional(_actor: Actor, request: CouncilRequest) -> None:
    """Without it, two weeks after the court's decision became final, it is over."""
    hiring = request.provisional
    if hiring is not None and hiring.status in HIRINGS["end"].sources:
        words = gettext("The court has not replaced the consent.")
        HIRINGS.perform(SYSTEM, hiring, "end", ended_on=request.judged_on, note=words)


@job("council.week", label=_("Take the works council’s silence as consent once its week is over"), minutes=10)
def run_out() -> int:
    """Deem consent given where the week is over, and prepare requests that offers lack; says how many."""
    deemed = one_by_one(queries.over(), lambda request: REQUESTS.perform(SYSTEM, request, "deem"))
    lacking = queries.without_request() if queries.needed() else []
    return len(deemed) + len(one_by_one(lacking, lambda offer: prepare(SYSTEM, offer)))
