"""What candidates, HR and supervisors are told about an offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from rmhr.accounts.queries import confidential
from rmhr.applications.operations import FRESH, private_link
from rmhr.core.i18n import _, gettext
from rmhr.core.mail.changes import Change, Fact, between
from rmhr.core.mail.outbox import Notice, Recipient, public_url
from rmhr.core.words import day_long, money
from rmhr.council import queries as council
from rmhr.duties.queries import texts
from rmhr.interviews.queries import scorecards
from rmhr.models.accounts import User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.council import CouncilStatus
from rmhr.models.duties import TextKind
from rmhr.models.offers import Offer
from rmhr.offers import records


def _candidate(offer: Offer) -> Iterable[Recipient]:
    return [offer.application]


def _colleagues(offer: Offer) -> list[User]:
    """HR and the future supervisor, each once."""
    people = [offer.made_by, offer.application.posting.recruiter, offer.supervisor]
    return confidential.who_may_know(offer.application, {person.id: person for person in people}.values())


def _recruiters(offer: Offer) -> list[User]:
    people = [offer.made_by, offer.application.posting.recruiter]
    return confidential.who_may_know(offer.application, {person.id: person for person in people}.values())


def _who_prepare(offer: Offer) -> list[User]:
    """Everybody who prepares the start: HR, the future supervisor, mentor and buddy, the hiring manager."""
    posting = offer.application.posting
    people = [*_colleagues(offer), offer.mentor, offer.buddy, posting.hiring_manager]
    found = {person.id: person for person in people if person is not None and person.is_active}
    return confidential.who_may_know(offer.application, found.values())


def _who_make_it(application: Application) -> list[User]:
    """HR of the posting, without whoever has just decided it."""
    decided = scorecards.decisions(application)
    known = decided[0].decided_by_id if decided else None
    told = [each for each in application.posting.recruiters if each.id != known]
    return confidential.who_may_know(application, told)


def _if_they_wait(offer: Offer) -> list[Application]:
    """The candidate whose hire waits for the works council."""
    return [offer.application] if _waits(offer) else []


def _if_it_is_held_up(offer: Offer) -> list[Application]:
    """The candidate who cannot be hired yet, for a reason that is the bank's to settle."""
    return [offer.application] if offer.held_up_on is not None else []


def _colleagues_if_they_wait(offer: Offer) -> list[User]:
    return _colleagues(offer) if _waits(offer) or offer.held_up_on is not None else []


def _waits(offer: Offer) -> bool:
    """Whether it is the works council that the hire waits for: not where nobody has said that there is one."""
    return council.needed() is True and not council.may_be_hired(offer)


def _told_that_it_is_withdrawn(offer: Offer) -> list[Application]:
    """Whoever never saw the offer, or has left the process themselves, need not read that it is gone."""
    if offer.sent_at is None or offer.application.status is ApplicationStatus.WITHDRAWN:
        return []
    return [offer.application]


def contact(offer: Offer) -> User:
    """Who is there for the candidate: whoever wrote it, or once they have left, whoever recruits."""
    return offer.made_by if offer.made_by.is_active else offer.application.posting.recruiter


def _values(offer: Offer, recipient: Any) -> dict[str, Any]:
    terms = records.terms(offer).says
    values: dict[str, Any] = {
        "offer": offer,
        "terms": terms,
        "contact": contact(offer),
        "person": terms.candidate,
        "job": str(terms.posting),
    }
    if isinstance(recipient, Application):
        values["link"] = private_link(recipient.applicant)
    return values


def _told(terms: Any) -> list[Fact]:
    """The terms that a candidate answers to, of one edition of an offer."""
    return [
        Fact(_("Position"), terms.posting),
        Fact(_("Place"), terms.unit),
        Fact(_("Pay"), (terms.pay, terms.currency), lambda sum_of: money(*sum_of)),
        Fact(_("Paid"), terms.pay_period),
        Fact(_("First day"), terms.starts_on, day_long),
        Fact(_("Supervisor"), terms.supervisor),
        Fact(_("Open until"), terms.expires_on, day_long),
    ]


def _letter(kind: TextKind, offer: Offer, recipient: Any, **said: str) -> dict[str, Any]:
    """What a letter of this kind names, and what else is `said` in it."""
    values = _values(offer, recipient)
    terms = values["terms"]
    known = {
        "name": recipient.name,
        "job": values["job"],
        "contact": values["contact"].name,
        "contact_email": values["contact"].email,
        "message": terms.message,
        "answer_by": day_long(terms.expires_on),
        "starts_on": day_long(terms.starts_on),
    }
    return values | texts.letter(kind, known | said)


def _says(kind: TextKind) -> Callable[[Offer, Any], dict[str, Any]]:
    return lambda offer, recipient: _letter(kind, offer, recipient)


def _corrected(offer: Offer, recipient: Any) -> dict[str, Any]:
    """The offer, and what is another than when it was sent before."""
    last = [edition.says for edition in records.OFFER.editions(offer)][-2:]
    changed: list[Change] = between(*map(_told, last)) if len(last) > 1 else []
    return _letter(TextKind.OFFER, offer, recipient) | {"again": len(last) > 1, "changed": changed}


SENT = Notice(name="offers.sent", subject=_("Our offer to you: %(job)s"), to=_candidate, context=_corrected)


def _to_confirm(offer: Offer, recipient: Any) -> dict[str, Any]:
    """The same, with a link that leads to the question itself and is not good for long."""
    applicant = offer.application.applicant
    there = urlsplit(public_url("offer_answer.transition", id=offer.id, name="accept")).path
    link = private_link(applicant, leads_to=there, valid_for=FRESH)
    return _values(offer, None) | {"link": link}


CONFIRM = Notice(
    name="offers.confirm",
    subject=_("Your link to accept our offer"),
    to=_candidate,
    context=_to_confirm,
    no_letter=_("It brings the link that was asked for, and says how long that is valid."),
)


def _waiting(offer: Offer, recipient: Any) -> dict[str, Any]:
    """The offer, and until when the works council can answer, where it was asked; or why it cannot be a hire."""
    return _values(offer, recipient) | {"request": council.standing(offer), "why": str(offer.held_up)}


def _conditional(offer: Offer, recipient: Any) -> dict[str, Any]:
    """The letter, with how it stands with the council as a sentence."""
    request = council.standing(offer)
    if request is None or request.answer_by is None:
        answers = gettext("It has a week to answer.")
    elif request.status is CouncilStatus.ASKED:
        answers = gettext("It was asked and can answer until %(day)s.", day=day_long(request.answer_by))
    else:
        answers = gettext("It was asked and has not consented so far; what follows is not decided yet.")
    return _letter(TextKind.OFFER_CONDITIONAL, offer, recipient, council_answers=answers)


def _is_provisional(offer: Offer) -> bool:
    """Whether the works council has not consented to it."""
    request = council.standing(offer) if council.needed() else None
    return request is not None and request.status not in council.GIVEN


def _hired(offer: Offer, recipient: Any) -> dict[str, Any]:
    return _values(offer, recipient) | {"provisional": _is_provisional(offer), "inside": _has_account(offer)}


def _accepted(offer: Offer, recipient: Any) -> dict[str, Any]:
    """The letter; of a provisional hiring law asks to say what that means (section 100(1) BetrVG)."""
    provisional = gettext(
        "The works council has not consented to your employment yet. Since the position cannot wait, we employ you "
        "provisionally (section 100 BetrVG). If a court refuses its consent for good, your employment ends two weeks "
        "after that."
    )
    account = gettext(
        "You will receive a second e-mail with the link to your account. There you will find the plan for your first "
        "weeks, and what we need from you before you start."
    )
    return _letter(
        TextKind.OFFER_ACCEPTED,
        offer,
        recipient,
        provisional=provisional if _is_provisional(offer) else "",
        account=gettext("You keep the account that you have.") if _has_account(offer) else account,
    )


def _has_account(offer: Offer) -> bool:
    """Whether it is a colleague who changes places: no account is made for them, and none is closed."""
    return offer.application.applicant.user_id is not None


def _retracted(offer: Offer, recipient: Any) -> dict[str, Any]:
    account = gettext(
        "The account that we had prepared for you is closed, and the link to it no longer works."
    )
    said = "" if _has_account(offer) else account
    return _letter(TextKind.ACCEPTANCE_RETRACTED, offer, recipient, account=said)


CONDITIONAL = Notice(
    name="offers.conditional",
    subject=_("You have accepted our offer: %(job)s"),
    to=_if_they_wait,
    context=_conditional,
)
HELD_UP = Notice(
    name="offers.held_up",
    subject=_("You have accepted our offer: %(job)s"),
    to=_if_it_is_held_up,
    context=_says(TextKind.OFFER_HELD_UP),
)
CONDITIONAL_HERE = Notice(
    name="offers.conditional_here",
    subject=_("%(person)s has accepted and is not hired yet"),
    to=_colleagues_if_they_wait,
    context=_waiting,
)
ACCEPTED = Notice(
    name="offers.accepted", subject=_("Welcome to the team: your first day"), to=_candidate, context=_accepted
)
ACCEPTED_HERE = Notice(
    name="offers.accepted_here",
    subject=_("%(person)s has accepted the offer"),
    to=_colleagues,
    context=_hired,
)
DECLINED = Notice(
    name="offers.declined",
    subject=_("%(person)s has declined the offer"),
    to=_colleagues,
    context=_values,
)
DECLINED_CONFIRMED = Notice(
    name="offers.declined_confirmed",
    subject=_("You have declined our offer"),
    to=_candidate,
    context=_says(TextKind.OFFER_DECLINED),
)
EXPIRED = Notice(
    name="offers.expired",
    subject=_("Our offer has expired: %(job)s"),
    to=_candidate,
    context=_says(TextKind.OFFER_EXPIRED),
)
EXPIRED_HERE = Notice(
    name="offers.expired_here",
    subject=_("The offer to %(person)s has expired"),
    to=_recruiters,
    context=_values,
)
WITHDRAWN = Notice(
    name="offers.withdrawn",
    subject=_("We withdraw our offer: %(job)s"),
    to=_told_that_it_is_withdrawn,
    context=_says(TextKind.OFFER_WITHDRAWN),
)
REWORKED = Notice(
    name="offers.reworked",
    subject=_("Our offer is being corrected: %(job)s"),
    to=_candidate,
    context=_says(TextKind.OFFER_REWORKED),
)
RETRACTED = Notice(
    name="offers.retracted",
    subject=_("You will not be taking up the position: %(job)s"),
    to=_candidate,
    context=_retracted,
)
RETRACTED_HERE = Notice(
    name="offers.retracted_here",
    subject=_("%(person)s will not start"),
    to=_who_prepare,
    context=_values,
)
#: It was decided to hire: who makes the offer hears of it.
TO_MAKE = Notice(
    name="offers.to_make",
    subject=_("Decided: hire %(person)s. Please make the offer"),
    to=_who_make_it,
    context=lambda application, recipient: {
        "person": application.name,
        "job": str(application.posting.title),
        "decision": next(iter(scorecards.decisions(application)), None),
    },
)
