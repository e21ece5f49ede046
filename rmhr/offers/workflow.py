"""The life of an offer: draft, sent, answered; or it expires, or is taken back."""

from __future__ import annotations

from typing import Any

from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import Owed, Rests, Waits
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import Words, _, gettext, ngettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.core.words import day_text
from rmhr.council import queries as council
from rmhr.duties.queries import texts
from rmhr.law import deadlines
from rmhr.models.duties import TextKind
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.requisitions import RequisitionStatus
from rmhr.offers import forms, notifications, policies, queries, records
from rmhr.requisitions.queries import requisitions

S = OfferStatus


def _not_to_be_sent(offer: Offer) -> str | None:
    if offer.application.status not in APPLICATIONS["offer"].sources:
        return gettext(
            "An offer is sent once it is decided to hire; the application is “%(status)s”.",
            status=offer.application.status.label,
        )
    if why_not := _nobody_has_said() or _no_position(offer):
        return why_not
    if offer.expires_on < clock.today():
        return gettext("“Open until” is in the past. Change it first.")
    if offer.starts_on <= clock.today():
        return gettext("The first working day is not in the future. Change it first.")
    return None


def _nobody_has_said() -> str | None:
    if council.needed() is None:
        return gettext(
            "The bank has not said yet whether a works council must consent to a hiring. An administrator says it "
            "under “The bank and its duties”."
        )
    return None


def _no_position(offer: Offer) -> str | None:
    posting = offer.application.posting
    if posting.requisition.status not in (RequisitionStatus.APPROVED, RequisitionStatus.FILLED):
        return gettext(
            "The requisition is “%(status)s”: nobody is hired for it now. HR or whoever asked for it can "
            "say what happens next.",
            status=posting.requisition.status.label,
        )
    promised = queries.promised(posting, but_for=offer.id)
    if promised >= posting.openings:
        return ngettext(
            "The posting has %(num)s position, and it is accepted or offered to somebody already. Wait for the"
            " answer, withdraw the other offer, or raise the number of positions in the posting.",
            "The posting has %(num)s positions, and all of them are accepted or offered to somebody already. Wait"
            " for the answers, withdraw another offer, or raise the number of positions in the posting.",
            posting.openings,
        )
    if queries.promised_of(posting.requisition, but_for=offer.id) >= posting.requisition.positions:
        return gettext(
            "All %(number)s positions of the requisition are accepted or offered to somebody already, counting its"
            " other postings. For one more, HR needs another requisition.",
            number=posting.requisition.positions,
        )
    return None


def _over(offer: Offer) -> str | None:
    """It ends with its last day on the bank's calendar, whether or not the scheduler has noticed."""
    if offer.expires_on < clock.today():
        return gettext("This offer was open until %(day)s and has expired.", day=day_text(offer.expires_on))
    return None


def _not_acceptable(offer: Offer) -> str | None:
    if why_not := _over(offer):
        return why_not
    if offer.application.status not in APPLICATIONS["hire"].sources:
        return gettext("This offer can no longer be accepted. Please write to us.")
    return None


def _stands(offer: Offer) -> str | None:
    if offer.expires_on >= clock.today():
        return gettext("The offer is still open.")
    return None


def _send(_actor: Actor, offer: Offer, **_data: Any) -> None:
    offer.sent_at = clock.now()
    offer.text_id = texts.id_in_force(TextKind.OFFER)
    requisitions.lock(offer.application.posting.requisition)
    # Somebody else may have offered the last position since the guard looked.
    if why_not := _no_position(offer):
        raise NotPossible(why_not)
    records.OFFER.keep(offer)


def _waits_for_consent(offer: Offer) -> str | None:
    if why_not := _nobody_has_said():
        return why_not
    if not council.may_be_hired(offer):
        return gettext("Nobody is hired before the works council has consented (section 99 BetrVG).")
    return None


def _accept(_actor: Actor, offer: Offer, **_data: Any) -> None:
    offer.answered_at = clock.now()
    records.ACCEPTANCE.keep(offer)


def _no_longer_held_up(_actor: Actor, offer: Offer, **_data: Any) -> None:
    offer.held_up_on, offer.held_up = None, Words()


def _rework(_actor: Actor, offer: Offer, **_data: Any) -> None:
    offer.send_by = deadlines.SEND_OFFER.after(clock.today(), offer.application.posting.unit.holiday_region)


def _has_begun(offer: Offer) -> str | None:
    if clock.today() > deadlines.RETRACT_ACCEPTANCE.after(offer.starts_on):
        return gettext(
            "The first day was %(day)s. Somebody who has begun leaves: record the last day on their page.",
            day=day_text(offer.starts_on),
        )
    return None


def _retract(_actor: Actor, offer: Offer, *, becomes: str, **_data: Any) -> None:
    APPLICATIONS.perform(SYSTEM, offer.application, "unhire" if becomes == "open" else "give_up")


def _decline(_actor: Actor, offer: Offer, *, reason: str = "", **_data: Any) -> None:
    offer.answered_at = clock.now()
    offer.decline_reason = reason or ""


FLOW = Workflow(
    "offers",
    initial=S.DRAFT,
    transitions=[
        Transition(
            name="send",
            sources=(S.DRAFT,),
            target=S.SENT,
            label=_("Send"),
            done=_("Offer sent"),
            allow=policies.MAKE,
            guard=_not_to_be_sent,
            confirm=_(
                "The candidate gets these terms by e-mail and can accept them at once. Accepting makes "
                "them binding."
            ),
            apply=_send,
            notify=(notifications.SENT,),
            tone="primary",
        ),
        Transition(
            name="accept",
            sources=(S.SENT,),
            target=S.CONDITIONAL,
            label=_("Accept the offer"),
            done=_("Offer accepted"),
            allow=policies.ANSWER,
            guard=_not_acceptable,
            confirm=_("You accept these terms. We write to you at once and say what comes next."),
            apply=_accept,
            notify=(notifications.CONDITIONAL, notifications.CONDITIONAL_HERE),
            tone="primary",
        ),
        Transition(
            name="take_effect",
            sources=(S.CONDITIONAL,),
            target=S.ACCEPTED,
            label=_("Hire"),
            done=_("The acceptance has taken effect"),
            allow=policies.TAKE_EFFECT,
            guard=_waits_for_consent,
            confirm=_(
                "Employment, account, plan and courses are set up, and the candidate and everybody who prepares the "
                "start are told at once."
            ),
            apply=_no_longer_held_up,
            notify=(notifications.ACCEPTED, notifications.ACCEPTED_HERE),
            tone="primary",
        ),
        Transition(
            name="decline",
            sources=(S.SENT,),
            target=S.DECLINED,
            label=_("Decline…"),
            done=_("Offer declined"),
            allow=policies.ANSWER,
            guard=_over,
            form=forms.DeclineForm,
            confirm=_(
                "The offer ends with your answer. Should you change your mind, only we can make you a new one."
            ),
            apply=_decline,
            notify=(notifications.DECLINED, notifications.DECLINED_CONFIRMED),
            tone="danger",
        ),
        Transition(
            name="expire",
            sources=(S.SENT,),
            target=S.EXPIRED,
            label=_("Expire"),
            done=_("Offer expired"),
            allow=policies.EXPIRE,
            guard=_stands,
            notify=(notifications.EXPIRED, notifications.EXPIRED_HERE),
        ),
        Transition(
            name="withdraw",
            sources=(S.DRAFT, S.SENT, S.CONDITIONAL),
            target=S.WITHDRAWN,
            label=_("Withdraw…"),
            done=_("Offer withdrawn"),
            allow=policies.WITHDRAW,
            form=forms.WithdrawForm,
            apply=_no_longer_held_up,
            notify=(notifications.WITHDRAWN,),
            tone="danger",
        ),
        Transition(
            name="rework",
            sources=(S.SENT,),
            target=S.DRAFT,
            label=_("Take back to correct…"),
            done=_("Offer taken back to be corrected"),
            allow=policies.MAKE,
            form=forms.ReworkForm,
            confirm=_(
                "The candidate is told at once that a corrected offer follows, and cannot accept this one."
            ),
            apply=_rework,
            notify=(notifications.REWORKED,),
        ),
        Transition(
            name="retract_acceptance",
            sources=(S.ACCEPTED,),
            target=S.RETRACTED,
            label=_("Will not start…"),
            done=_("Acceptance taken back: will not start"),
            allow=policies.MAKE,
            guard=_has_begun,
            form=forms.RetractForm,
            confirm=_(
                "The account is closed, the plan of the first months, the job shadowing and the courses end, and the"
                " position is free again. The candidate and everybody who prepares the start are told at once."
            ),
            apply=_retract,
            notify=(notifications.RETRACTED, notifications.RETRACTED_HERE),
            tone="danger",
        ),
    ],
    next_steps={
        S.DRAFT: Owed("offers.send"),
        S.SENT: Waits("expires_on", "expire"),
        S.CONDITIONAL: Owed("council.ask", "council.answer", "council.follow", "offers.hire"),
        S.ACCEPTED: Rests(
            "The plan, the job shadowing and the courses of the new colleague say what is owed."
        ),
    },
)
