"""The life of an offer: draft, sent, answered; or it expires, or is taken back."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import _, gettext
from rmhr.core.workflow import Transition, Workflow
from rmhr.models.applications import ApplicationStatus
from rmhr.models.offers import Offer, OfferStatus
from rmhr.offers import forms, notifications, policies
from rmhr.web.formats import day_text

S = OfferStatus


def _not_to_be_sent(offer: Offer) -> str | None:
    if offer.application.status is not ApplicationStatus.APPROVED:
        return gettext(
            "An offer is sent once it is decided to hire; the application is “%(status)s”.",
            status=offer.application.status.label,
        )
    if offer.expires_on < clock.today():
        return gettext("“Open until” is in the past. Change it first.")
    if offer.starts_on <= clock.today():
        return gettext("The first working day is not in the future. Change it first.")
    return None


def _over(offer: Offer) -> str | None:
    """It ends with its last day on the bank's calendar, whether or not the scheduler has noticed."""
    if offer.expires_on < clock.today():
        return gettext("This offer was open until %(day)s and has expired.", day=day_text(offer.expires_on))
    return None


def _not_acceptable(offer: Offer) -> str | None:
    if why_not := _over(offer):
        return why_not
    if offer.application.status is not ApplicationStatus.OFFERED:
        return gettext("This offer can no longer be accepted. Please write to us.")
    return None


def _stands(offer: Offer) -> str | None:
    if offer.expires_on >= clock.today():
        return gettext("The offer is still open.")
    return None


def _send(_actor: Any, offer: Offer, **_data: Any) -> None:
    offer.sent_at = clock.now()


def _accept(_actor: Any, offer: Offer, **_data: Any) -> None:
    offer.answered_at = clock.now()


def _decline(_actor: Any, offer: Offer, *, reason: str = "", **_data: Any) -> None:
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
                "The candidate gets these terms by e-mail and can accept them at once. Then they stand."
            ),
            apply=_send,
            notify=(notifications.SENT,),
            tone="primary",
        ),
        Transition(
            name="accept",
            sources=(S.SENT,),
            target=S.ACCEPTED,
            label=_("Accept the offer"),
            done=_("Offer accepted"),
            allow=policies.ANSWER,
            guard=_not_acceptable,
            confirm=_("You accept these terms. We prepare your first day and write to you at once."),
            apply=_accept,
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
            confirm=_("The offer ends with your answer. This cannot be undone."),
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
            sources=(S.DRAFT, S.SENT),
            target=S.WITHDRAWN,
            label=_("Withdraw…"),
            done=_("Offer withdrawn"),
            allow=policies.WITHDRAW,
            form=forms.WithdrawForm,
            notify=(notifications.WITHDRAWN,),
            tone="danger",
        ),
    ],
)
