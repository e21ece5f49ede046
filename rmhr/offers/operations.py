"""Every write about offers that is not a transition, and what the answer to one brings about."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy.exc import IntegrityError

from rmhr.accounts import operations as accounts
from rmhr.accounts import queries as people
from rmhr.applications import operations as application_operations
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import job, one_by_one
from rmhr.core.errors import DomainError, NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import LANGUAGES, Words, _, gettext, speaking
from rmhr.core.mail import outbox
from rmhr.core.patterns import Pattern
from rmhr.core.policy import SYSTEM, Actor
from rmhr.council import operations as council
from rmhr.council import queries as council_queries
from rmhr.council.workflow import HIRINGS, REQUESTS
from rmhr.interviews.queries import scorecards
from rmhr.law import deadlines
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.council import CouncilRequest, ProvisionalHiring
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.requisitions import PayPeriod
from rmhr.offers import forms, notifications, policies, queries
from rmhr.offers.workflow import FLOW
from rmhr.postings.workflow import POSTINGS
from rmhr.requisitions.queries import requisitions
from rmhr.requisitions.workflow import REQUISITIONS
from rmhr.sourcing import operations as sourcing

#: "(f/m/x)", "(m/w/d)": belongs to the advertisement, not to the person.
_MARK = Pattern(r"\s*\([a-zäöüA-Z*]{1,4}(/[a-zäöüA-Z*]{1,4})+\)\s*$")


@operation(allow=policies.MAKE, done=_("Offer written"))
def make(actor: User, application: Application, /, **terms: Any) -> Offer:
    """Write an offer, as a draft. There is at most one at a time that is open or accepted.

    Of several requests at once, each waits for the one before it. Raises NotPossible before it is decided to hire,
    and where there is an offer already.
    """
    scorecards.lock(application)
    if application.status not in APPLICATIONS["offer"].sources:
        raise NotPossible(gettext("An offer is made once it is decided to hire."))
    if queries.alive(application) is not None:
        raise NotPossible(gettext("There is an offer already. Change that one, or withdraw it."))
    region = application.posting.unit.holiday_region
    offer = Offer(
        application=application,
        made_by=actor,
        send_by=deadlines.SEND_OFFER.after(clock.today(), region),
        **_checked(application, **terms),
    )
    db.session.add(offer)
    db.session.flush()
    council.prepare(SYSTEM, offer)
    return offer


@operation(allow=policies.MAKE, done=_("Offer changed"))
def change(actor: User, offer: Offer, /, **terms: Any) -> Offer:
    """Change the terms of a draft. Raises NotPossible once it was sent."""
    if offer.status is not OfferStatus.DRAFT:
        raise NotPossible(gettext("A sent offer cannot be changed. Withdraw it and make a new one."))
    for name, value in _checked(offer.application, **terms).items():
        setattr(offer, name, value)
    return offer


def _checked(
    application: Application,
    *,
    pay: int,
    currency: str,
    pay_period: PayPeriod,
    starts_on: date,
    expires_on: date,
    supervisor_id: int,
    mentor_id: int | None = None,
    buddy_id: int | None = None,
    range_reason: str = "",
    message: str = "",
) -> dict[str, Any]:
    """The terms as they are stored. Raises NotPossible for terms that no offer can have."""
    if pay <= 0:
        raise NotPossible(gettext("Enter the pay"))
    if starts_on <= clock.today():
        raise NotPossible(gettext("The first working day lies in the future"))
    if not clock.today() <= expires_on < starts_on:
        raise NotPossible(gettext("The offer ends before the first working day"))
    inside = forms.in_range(application.posting, pay, currency, pay_period)
    if not inside and not range_reason.strip():
        raise NotPossible(gettext("Say why the offer is outside the posted range."))
    return {
        "pay": pay,
        "currency": currency,
        "pay_period": pay_period,
        "starts_on": starts_on,
        "expires_on": expires_on,
        "supervisor_id": supervisor_id,
        "mentor_id": mentor_id,
        "buddy_id": buddy_id,
        "range_reason": "" if inside else range_reason,
        "message": message,
    }


@FLOW.after("send", order=10)
def tell_application(_actor: Actor, offer: Offer) -> None:
    """The application is with the candidate now."""
    APPLICATIONS.perform(SYSTEM, offer.application, "offer")


@FLOW.after("send", order=20)
@FLOW.after("accept", order=5)
def prepare_request(_actor: Actor, offer: Offer) -> None:
    """The works council can be asked while the candidate thinks; once they have accepted it is urgent."""
    council.prepare(SYSTEM, offer)


@operation(allow=policies.FOLLOW, done=_("Tried to hire; not possible yet"))
def hold_up(_actor: Actor, offer: Offer, /, *, why: Words) -> None:
    """Keep why nobody can be hired by an accepted offer: HR owes it from then on."""
    offer.held_up, offer.held_up_on = why, offer.held_up_on or clock.today()


@operation(allow=policies.FOLLOW, done=_("Waits for the works council again"))
def wait_again(_actor: Actor, offer: Offer, /) -> None:
    """The works council is what it waits for again, and nothing else is owed."""
    offer.held_up, offer.held_up_on = Words(), None


def _hire(offer: Offer) -> bool:
    """Whether somebody is hired by an accepted offer now. Where that cannot be, it is kept why: HR owes it."""
    try:
        FLOW.perform(SYSTEM, offer, "take_effect")
    except (DomainError, IntegrityError) as error:
        _keep_why(offer, error)
        return False
    return True


def _keep_why(offer: Offer, error: Exception) -> None:
    """Keep why nobody can be hired by it, and log it, where that is new; the first time whoever waits is told."""
    first, why = offer.held_up_on is None, _why_not(offer)
    if not first and offer.held_up == why:
        return
    current_app.logger.warning("nobody can be hired by %r now", offer, exc_info=error)
    hold_up(SYSTEM, offer, why=why)
    if first:
        outbox.queue(notifications.HELD_UP, offer)
        outbox.queue(notifications.CONDITIONAL_HERE, offer)


def _why_not(offer: Offer) -> Words:
    """Why nobody can be hired by it, in each language; of what is gone by now, only that it was so."""
    why = Words()
    for code in LANGUAGES:
        with speaking(code):
            try:
                FLOW.rehearse(SYSTEM, offer, "take_effect")
            except DomainError as error:
                why[code] = str(error)
            except IntegrityError:
                why[code] = gettext("What is stored contradicts it. The log of the product says what.")
            else:
                why[code] = gettext("It could not be done at that moment, and is tried again by itself.")
    return why


def _concerns_hr(offer: Offer) -> bool:
    """Whether the works council is not what an accepted offer waits for: it is a hire, or HR has to know why not."""
    return council_queries.may_be_hired(offer) or council_queries.needed() is None


@FLOW.after("accept", order=10)
def take_effect(_actor: Actor, offer: Offer) -> None:
    """Hire at once, unless the works council has to consent first. An acceptance counts also where that cannot be."""
    if _concerns_hr(offer):
        _hire(offer)


@REQUESTS.after("consent", order=10)
@REQUESTS.after("deem", order=10)
@REQUESTS.after("replace", order=10)
@REQUESTS.after("hire_provisionally", order=10)
def wait_no_longer(_actor: Actor, request: CouncilRequest) -> None:
    """What was accepted is a hire as soon as nothing of the works council is in the way.

    What the council has answered stays recorded, also where the hire cannot be made. The candidate, who was promised
    to hear what is decided, hears that too.
    """
    if request.offer.status is OfferStatus.CONDITIONAL and council_queries.may_be_hired(request.offer):
        _hire(request.offer)


@REQUESTS.after("refuse", order=10)
def wait_for_what_follows(_actor: Actor, request: CouncilRequest) -> None:
    """A refusal that came in time undoes the silence by which somebody was to be hired."""
    _wait_again_if_so(request.offer)


@HIRINGS.after("end", order=10)
def wait_for_consent_after_all(_actor: Actor, hiring: ProvisionalHiring) -> None:
    """Whoever could not be hired provisionally is not hired without consent."""
    _wait_again_if_so(hiring.request.offer)


def _wait_again_if_so(offer: Offer) -> None:
    if offer.held_up_on is not None and not _concerns_hr(offer):
        wait_again(SYSTEM, offer)


@job("offers.take_effect", label=_("Hire those whose accepted offer waits for nothing any more"), minutes=10)
def hire_those_who_wait() -> int:
    """Hire by accepted offers that nothing of the works council holds up any more; says how many.

    As where the bank says later that there is none, and where a hire could not be made before.
    """
    return sum(one_by_one(queries.not_hired_yet(), _hired_by_now))


def _hired_by_now(offer: Offer) -> bool:
    if _concerns_hr(offer):
        return _hire(offer)
    _wait_again_if_so(offer)
    return False


@FLOW.after("take_effect", order=10)
def hire(_actor: Actor, offer: Offer) -> None:
    """The application ends, employment begins, and what RMs get follows from that.

    A colleague who changes places has the new one on the first day of the offer.
    """
    application, posting = offer.application, offer.application.posting
    APPLICATIONS.perform(SYSTEM, application, "hire")
    if application.applicant.user_id is not None:
        colleague = people.people.by_id(application.applicant.user_id)
        if colleague is not None and colleague.employee is not None:
            accounts.employment.change_place(
                SYSTEM,
                colleague,
                on=offer.starts_on,
                unit_id=posting.unit_id,
                supervisor_id=offer.supervisor_id,
                rm_type=posting.rm_type,
                level=posting.level,
                job_title=_MARK.sub("", posting.title.in_(colleague.language)),
            )
        return
    if (before := people.people.employee_for(application.id)) is not None:
        # Somebody who would not start, and now does on other terms: the employment of this application is the new one.
        before.application_id = None
        db.session.flush()
    accounts.people.employ(
        SYSTEM,
        application,
        name=application.name,
        email=application.applicant.email,
        language=application.language,
        unit=posting.unit,
        rm_type=posting.rm_type,
        level=posting.level,
        supervisor=people.people.by_id(offer.supervisor_id),
        started_on=offer.starts_on,
        job_title=_MARK.sub("", posting.title.in_(application.language)),
    )


@FLOW.after("take_effect", order=20)
def fill(_actor: Actor, offer: Offer) -> None:
    """With the last hire the posting closes, unless HR is to decide on that, and the requisition is filled."""
    posting = offer.application.posting
    requisition = posting.requisition
    # Two who accept at once: the second waits here, and counts the first.
    requisitions.lock(requisition)
    if (
        posting.closes_when_filled
        and posting.status in POSTINGS["fill"].sources
        and requisitions.filled_of(posting) >= posting.openings
    ):
        POSTINGS.perform(SYSTEM, posting, "fill")
    filled = requisitions.progress([requisition.id])[requisition.id].filled
    if requisition.status in REQUISITIONS["fill"].sources and filled >= requisition.positions:
        REQUISITIONS.perform(SYSTEM, requisition, "fill")


@FLOW.after("retract_acceptance", order=10)
def end_employment(_actor: Actor, offer: Offer) -> None:
    """Whoever will not start has no account and earns nobody a bonus. Later stages end theirs.

    A colleague who keeps their place has their account as before.
    """
    application = offer.application
    if application.referral is not None:
        sourcing.referrals.owe_no_bonus(application.referral)
    employee = people.people.employee_for(application.id)
    if application.applicant.user_id is None and employee is not None:
        accounts.people.call_off(SYSTEM, employee.user)


@FLOW.after("retract_acceptance", order=20)
def free(_actor: Actor, offer: Offer) -> None:
    """The position is free again: a requisition that was filled is open."""
    requisition = offer.application.posting.requisition
    requisitions.lock(requisition)
    filled = requisitions.progress([requisition.id])[requisition.id].filled
    if requisition.status in REQUISITIONS["free"].sources and filled < requisition.positions:
        REQUISITIONS.perform(SYSTEM, requisition, "free")


@operation(allow=policies.ANSWER, done=_("The link is on its way to your inbox."))
def mail_link(_actor: Actor, offer: Offer) -> None:
    """Mail the candidate a link that leads to the question whether they accept. Raises NotPossible after too many."""
    if not application_operations.may_have_link(offer.application.applicant):
        raise NotPossible(
            gettext("We have sent you several links already. Please use the newest, or wait an hour.")
        )
    outbox.queue(notifications.CONFIRM, offer)


@APPLICATIONS.after("approve", order=10)
def ask_for_offer(_actor: Actor, application: Application) -> None:
    """It is decided to hire: whoever makes the offer hears of it."""
    outbox.queue(notifications.TO_MAKE, application)


@APPLICATIONS.after("reconsider", order=10)
def drop_draft(_actor: Actor, application: Application) -> None:
    """What is being written has lost its point when the decision to hire is revised."""
    offer = queries.alive(application)
    if offer is not None and offer.status is OfferStatus.DRAFT:
        FLOW.perform(SYSTEM, offer, "withdraw", note=gettext("The decision to hire was revised."))


@FLOW.after("decline", order=10)
@FLOW.after("expire", order=10)
@FLOW.after("rework", order=10)
@FLOW.after("withdraw", order=10)
def lapse(_actor: Actor, offer: Offer) -> None:
    """Without an open offer the application stands where it was: decided, with nothing on the way."""
    if offer.application.status in APPLICATIONS["lapse"].sources:
        APPLICATIONS.perform(SYSTEM, offer.application, "lapse")


@FLOW.after("decline", order=20)
@FLOW.after("expire", order=20)
@FLOW.after("withdraw", order=20)
@FLOW.after("retract_acceptance", order=25)
def ask_no_longer(_actor: Actor, offer: Offer) -> None:
    """Without the offer the works council need not answer."""
    council.lapse(SYSTEM, offer, reason=gettext("The offer has come to nothing."))


@APPLICATIONS.after("reject", order=20)
@APPLICATIONS.after("withdraw", order=20)
def take_back(_actor: Actor, application: Application) -> None:
    """What is still written or open has lost its point when the application ends."""
    offer = queries.alive(application)
    if offer is not None and offer.status is not OfferStatus.ACCEPTED:
        FLOW.perform(SYSTEM, offer, "withdraw", note=gettext("The application has ended."))


@job("offers.expire", label=_("End offers whose last day is over"), minutes=30)
def expire() -> int:
    """End every open offer whose last day is over; says how many."""
    return len(one_by_one(queries.overdue(), lambda offer: FLOW.perform(SYSTEM, offer, "expire")))
