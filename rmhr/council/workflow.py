"""The life of a request to the works council, and of a hiring that did not wait for its answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import Owed, Rests, Waits
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.core.words import day_text
from rmhr.council import days, forms, notifications, policies, queries
from rmhr.law import hiring as law
from rmhr.models.accounts import User
from rmhr.models.council import (
    CouncilRequest,
    CouncilStatus,
    ProvisionalHiring,
    ProvisionalStatus,
    RefusalGround,
)
from rmhr.models.offers import OfferStatus

S, P = CouncilStatus, ProvisionalStatus
#: What can still be answered, or has been answered against the bank.
UNSETTLED = (S.ASKED, S.REFUSED, S.IN_COURT)


def _not_to_be_asked(request: CouncilRequest) -> str | None:
    if queries.needed() is not True:
        return gettext("The bank has said that no works council has to consent to a hiring.")
    if request.offer.status not in (*queries.ALIVE, OfferStatus.ACCEPTED):
        return gettext("The offer is “%(status)s”.", status=request.offer.status.label)
    return None


def _week_runs(request: CouncilRequest) -> str | None:
    """It ends with its last day on the bank's calendar."""
    if request.answer_by is not None and clock.today() <= request.answer_by:
        return gettext("The week runs until %(day)s.", day=day_text(request.answer_by))
    return None


def _already_hired(request: CouncilRequest) -> str | None:
    if request.provisional is not None:
        return gettext("The person is hired provisionally already.")
    return None


def _begin_week(actor: Actor, request: CouncilRequest, asked_on: date) -> None:
    """Raises NotPossible for somebody who must not know of all who apply, and for a day to come."""
    if asked_on > clock.today():
        raise NotPossible(gettext("This day is in the future."))
    posting = request.offer.application.posting
    if not isinstance(actor, User) or queries.hidden_among(actor, posting):
        raise NotPossible(
            gettext(
                "The council gets the documents of all who applied, and some of them are not yours to see. Ask "
                "somebody else in HR to do this."
            )
        )
    request.asked_by, request.asked_on = actor, asked_on
    request.answer_by = days.answer_by(asked_on, posting.unit.holiday_region)


def _ask(actor: Actor, request: CouncilRequest, *, grouping: str, asked_on: date, **_data: Any) -> None:
    _begin_week(actor, request, asked_on)
    request.grouping = grouping


def _ask_again(actor: Actor, request: CouncilRequest, *, asked_on: date, **_data: Any) -> None:
    if request.asked_on is not None and asked_on < request.asked_on:
        raise NotPossible(gettext("The works council was asked on %(day)s.", day=day_text(request.asked_on)))
    _begin_week(actor, request, asked_on)
    request.answered_on = request.ground = request.decide_by = request.court_on = None
    request.answer = ""


def _consent(_actor: Actor, request: CouncilRequest, *, answered_on: date, **_data: Any) -> None:
    if why_not := days.why_not_received(request, answered_on):
        raise NotPossible(why_not)
    request.answered_on, request.decide_by = answered_on, None


def _refuse(
    _actor: Actor,
    request: CouncilRequest,
    *,
    ground: RefusalGround,
    answered_on: date,
    answer: str,
    **_data: Any,
) -> None:
    if why_not := days.why_no_refusal(request, answered_on):
        raise NotPossible(why_not)
    request.ground, request.answered_on, request.answer = ground, answered_on, answer
    request.decide_by = law.FOLLOW_REFUSAL.after(clock.today(), days.region_of(request.offer))


def _go_to_court(_actor: Actor, request: CouncilRequest, *, court_on: date, **_data: Any) -> None:
    request.court_on, request.decide_by = court_on, None


def _judged(_actor: Actor, request: CouncilRequest, *, judged_on: date, **_data: Any) -> None:
    request.judged_on = judged_on


def _reject(_actor: Actor, request: CouncilRequest, *, judged_on: date, **_data: Any) -> None:
    request.judged_on = judged_on
    request.decide_by = law.FOLLOW_REFUSAL.after(clock.today(), days.region_of(request.offer))


def _hire_provisionally(
    _actor: Actor, request: CouncilRequest, *, reason: str, informed_on: date, **_data: Any
) -> None:
    if informed_on > clock.today():
        raise NotPossible(gettext("This day is in the future."))
    request.provisional = ProvisionalHiring(
        reason=reason,
        informed_on=informed_on,
        look_by=law.SAY_WHETHER_DISPUTED.after(informed_on, days.region_of(request.offer)),
    )
    request.decide_by = None


REQUESTS = Workflow(
    "council",
    initial=S.TO_ASK,
    transitions=[
        Transition(
            name="ask",
            sources=(S.TO_ASK,),
            target=S.ASKED,
            label=_("Ask the works council…"),
            done=_("Works council asked"),
            allow=policies.HR,
            guard=_not_to_be_asked,
            form=forms.AskForm,
            apply=_ask,
            notify=(notifications.ASKED,),
            tone="primary",
        ),
        Transition(
            name="consent",
            sources=UNSETTLED,
            target=S.CONSENTED,
            label=_("Has consented…"),
            done=_("Works council has consented"),
            allow=policies.HR,
            form=forms.ReceivedForm,
            apply=_consent,
            tone="primary",
        ),
        Transition(
            name="refuse",
            # A refusal that came in time counts, also where it was read after the week.
            sources=(S.ASKED, S.DEEMED),
            target=S.REFUSED,
            label=_("Has refused…"),
            done=_("Works council has refused its consent"),
            allow=policies.HR,
            form=forms.RefusedForm,
            apply=_refuse,
        ),
        Transition(
            name="deem",
            sources=(S.ASKED,),
            target=S.DEEMED,
            label=_("The week is over"),
            done=_("Consent deemed given: the week is over"),
            allow=policies.SYSTEM,
            guard=_week_runs,
        ),
        Transition(
            name="ask_again",
            sources=(S.ASKED, S.REFUSED),
            target=S.ASKED,
            label=_("Begin the week again…"),
            done=_("Works council asked again: the week begins anew"),
            allow=policies.HR,
            guard=_not_to_be_asked,
            form=forms.CompletedForm,
            confirm=_(
                "For a request whose information was not complete, or that is made anew after a refusal."
            ),
            apply=_ask_again,
            notify=(notifications.ASKED,),
        ),
        Transition(
            name="go_to_court",
            sources=(S.REFUSED,),
            target=S.IN_COURT,
            label=_("Court was asked…"),
            done=_("Labour court asked to replace the consent"),
            allow=policies.FOLLOW,
            form=forms.CourtForm,
            confirm=_(
                "The bank asks the labour court to replace the consent (section 99(4) BetrVG). Until then nobody is "
                "hired, unless provisionally."
            ),
            apply=_go_to_court,
        ),
        Transition(
            name="replace",
            sources=(S.IN_COURT,),
            target=S.REPLACED,
            label=_("The court has replaced it…"),
            done=_("The court has replaced the consent"),
            allow=policies.HR,
            form=forms.JudgedForm,
            apply=_judged,
            tone="primary",
        ),
        Transition(
            name="reject",
            sources=(S.IN_COURT,),
            target=S.REJECTED,
            label=_("The court has not replaced it…"),
            done=_("The court has not replaced the consent"),
            allow=policies.HR,
            form=forms.JudgedForm,
            confirm=_(
                "The person must not be hired on this request. Whoever was hired provisionally may work for two weeks "
                "more (section 100(3) BetrVG)."
            ),
            apply=_reject,
            tone="danger",
        ),
        Transition(
            name="hire_provisionally",
            sources=UNSETTLED,
            target=S.ASKED,
            returns="status",  # it stays where it is
            label=_("Hire provisionally…"),
            done=_("Hired provisionally, without waiting for the works council"),
            allow=policies.HR,
            guard=_already_hired,
            form=forms.ProvisionalForm,
            confirm=_(
                "Only where facts make it urgent (section 100 BetrVG). The council is informed without delay. If it "
                "disputes the urgency, the bank has to go to court within three days."
            ),
            apply=_hire_provisionally,
            notify=(notifications.PROVISIONAL,),
        ),
        Transition(
            name="withdraw",
            sources=queries.PENDING,
            target=S.WITHDRAWN,
            label=_("Withdraw the request…"),
            done=_("Request to the works council withdrawn"),
            allow=policies.FOLLOW,
            form=forms.WithdrawForm,
            notify=(notifications.WITHDRAWN,),
            tone="danger",
        ),
    ],
    next_steps={
        S.TO_ASK: Owed("council.ask"),
        S.ASKED: Waits("answer_by", "deem"),
        S.DEEMED: Rests("Silence is consent; only a refusal that came in time leads back."),
        S.REFUSED: Owed("council.follow"),
        S.IN_COURT: Rests("The court decides; whoever hears of it records it."),
    },
)


def _dispute(_actor: Actor, hiring: ProvisionalHiring, *, disputed_on: date, **_data: Any) -> None:
    if not hiring.informed_on <= disputed_on <= clock.today():
        raise NotPossible(gettext("The dispute is received between the information and today."))
    hiring.disputed_on = disputed_on
    hiring.court_by = days.court_by(disputed_on, days.region_of(hiring.request.offer))


def _in_court(actor: Actor, hiring: ProvisionalHiring, *, court_on: date, **_data: Any) -> None:
    """Raises NotPossible after the three days: then it may not be kept up."""
    if hiring.disputed_on is not None:
        last = law.COURT_AFTER_DISPUTE.after(hiring.disputed_on)
        if court_on > last:
            raise NotPossible(
                gettext(
                    "The three days ended on %(day)s. The provisional hiring may not be kept up: record that it ends.",
                    day=day_text(last),
                )
            )
    hiring.court_on = court_on
    if hiring.request.status is S.REFUSED:
        REQUESTS.perform(SYSTEM, hiring.request, "go_to_court", court_on=court_on)


def _end(_actor: Actor, hiring: ProvisionalHiring, *, ended_on: date, **_data: Any) -> None:
    hiring.ended_on, hiring.end_by = ended_on, law.END_PROVISIONAL_HIRING.after(ended_on)


HIRINGS = Workflow(
    "provisional_hiring",
    initial=P.INFORMED,
    transitions=[
        Transition(
            name="dispute",
            sources=(P.INFORMED,),
            target=P.DISPUTED,
            label=_("Council disputes it…"),
            done=_("Works council disputes that it was urgent"),
            allow=policies.HR,
            form=forms.DisputedForm,
            confirm=_(
                "From that day on the bank has three days to go to the labour court (section 100(2) BetrVG)."
            ),
            apply=_dispute,
        ),
        Transition(
            name="go_to_court",
            sources=(P.DISPUTED,),
            target=P.IN_COURT,
            label=_("Court was asked…"),
            done=_("Labour court asked about the provisional hiring"),
            allow=policies.HR,
            form=forms.CourtForm,
            confirm=_(
                "The application asks both to replace the consent and to find that the hiring was urgent."
            ),
            apply=_in_court,
            tone="primary",
        ),
        Transition(
            name="let_stand",
            sources=(P.INFORMED, P.DISPUTED, P.IN_COURT),
            target=P.STANDS,
            label=_("Is kept up"),
            done=_("Provisional hiring kept up"),
            allow=policies.FOLLOW,
            confirm=_(
                "The council has not disputed it, has taken the dispute back or has consented, or the court has found "
                "that it was urgent."
            ),
        ),
        Transition(
            name="end",
            sources=(P.INFORMED, P.DISPUTED, P.IN_COURT),
            target=P.ENDED,
            label=_("It has to end…"),
            done=_("The provisional hiring has to end"),
            allow=policies.FOLLOW,
            form=forms.EndForm,
            confirm=_(
                "Whoever has begun may work for two weeks more. Record the last day on their page; who has not begun "
                "will not start."
            ),
            apply=_end,
            tone="danger",
        ),
    ],
    next_steps={
        P.INFORMED: Owed("council.disputed"),
        P.DISPUTED: Owed("council.court"),
        P.IN_COURT: Rests("The court decides; whoever hears of it records it."),
    },
)
