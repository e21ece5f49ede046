"""The life of a requisition: asked for, decided by somebody else, filled; who may move it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.models.accounts import User
from rmhr.models.requisitions import Requisition
from rmhr.models.requisitions import RequisitionStatus as S
from rmhr.requisitions import notifications, policies
from rmhr.requisitions.forms.requisitions import HoldForm, OverPlanForm, WhyForm
from rmhr.requisitions.queries import headcount
from rmhr.requisitions.queries import requisitions as queries


def _no_room(requisition: Requisition) -> Any:
    full = headcount.room(requisition).tightest
    if full is None or full.free >= requisition.positions:
        return None
    return gettext(
        "The headcount plan of %(unit)s holds %(planned)s for this time, and %(taken)s of them are taken."
        " It can only be approved beyond the plan, with a reason.",
        unit=full.plan.unit.name,
        planned=full.plan.positions,
        taken=full.taken,
    )


def _has_room(requisition: Requisition) -> Any:
    return None if _no_room(requisition) else gettext("The headcount plan has room for it.")


def _under_way(requisition: Requisition) -> Any:
    advertised, promised = queries.under_way(requisition)
    if advertised:
        return gettext("It is advertised. Close the posting first.")
    if promised:
        return gettext("Somebody has an offer for it. Wait for the answer, or withdraw the offer first.")
    return None


def _decided(actor: User, requisition: Requisition, **_data: Any) -> None:
    requisition.decided_by, requisition.decided_at = actor, clock.now()


def _to_be_advertised(_actor: Actor, requisition: Requisition) -> None:
    requisition.advertise_by, requisition.held_until = queries.advertise_by(requisition), None


def _held(_actor: Actor, requisition: Requisition, *, held_until: date) -> None:
    requisition.held_until = held_until


def _within_plan(actor: User, requisition: Requisition) -> None:
    headcount.lock(requisition)
    # Somebody else may have taken the last place since the guard looked.
    if why_not := _no_room(requisition):
        raise NotPossible(why_not)
    requisition.over_plan = ""
    _decided(actor, requisition)
    _to_be_advertised(actor, requisition)


def _beyond_plan(actor: User, requisition: Requisition, *, over_plan: str) -> None:
    requisition.over_plan = over_plan
    _decided(actor, requisition)
    _to_be_advertised(actor, requisition)


def _asked_again(_actor: Actor, requisition: Requisition) -> None:
    requisition.decided_by = requisition.decided_at = None
    requisition.decide_by = queries.decide_by(requisition.unit)


REQUISITIONS = Workflow(
    "requisitions",
    initial=S.PENDING,
    transitions=[
        Transition(
            name="approve",
            sources=(S.PENDING,),
            target=S.APPROVED,
            label=_("Approve"),
            done=_("Requisition approved"),
            allow=policies.DECIDE_REQUISITION,
            guard=_no_room,
            apply=_within_plan,
            notify=(notifications.REQUISITION_APPROVED,),
            tone="primary",
        ),
        Transition(
            name="approve_beyond_plan",
            sources=(S.PENDING,),
            target=S.APPROVED,
            label=_("Approve beyond the plan…"),
            done=_("Requisition approved beyond the headcount plan"),
            allow=policies.DECIDE_REQUISITION,
            guard=_has_room,
            form=OverPlanForm,
            apply=_beyond_plan,
            notify=(notifications.REQUISITION_APPROVED,),
        ),
        Transition(
            name="reject",
            sources=(S.PENDING,),
            target=S.REJECTED,
            label=_("Do not approve…"),
            done=_("Requisition not approved"),
            allow=policies.DECIDE_REQUISITION,
            form=WhyForm,
            apply=_decided,
            notify=(notifications.REQUISITION_REJECTED,),
            tone="danger",
        ),
        Transition(
            name="ask_again",
            sources=(S.REJECTED,),
            target=S.PENDING,
            label=_("Ask again"),
            done=_("Requisition asked for again"),
            allow=policies.CHANGE_REQUISITION,
            apply=_asked_again,
            notify=(notifications.REQUISITION_ASKED,),
            tone="primary",
        ),
        Transition(
            name="hold",
            sources=(S.APPROVED,),
            target=S.ON_HOLD,
            label=_("Put on hold…"),
            done=_("Requisition put on hold"),
            allow=policies.HOLD_REQUISITION,
            guard=_under_way,
            form=HoldForm,
            apply=_held,
            notify=(notifications.REQUISITION_HELD,),
        ),
        Transition(
            name="resume",
            sources=(S.ON_HOLD,),
            target=S.APPROVED,
            label=_("Resume"),
            done=_("Requisition resumed"),
            allow=policies.HOLD_REQUISITION,
            apply=_to_be_advertised,
        ),
        Transition(
            name="cancel",
            sources=(S.PENDING, S.APPROVED, S.ON_HOLD, S.REJECTED),
            target=S.CANCELLED,
            label=_("Withdraw…"),
            done=_("Requisition withdrawn"),
            allow=policies.CANCEL_REQUISITION,
            guard=_under_way,
            form=WhyForm,
            tone="danger",
        ),
        Transition(
            name="fill",
            sources=(S.APPROVED, S.ON_HOLD),
            target=S.FILLED,
            label=_("Fill"),
            done=_("All positions filled"),
            allow=policies.FILL_REQUISITION,
        ),
        Transition(
            name="free",
            sources=(S.FILLED,),
            target=S.APPROVED,
            label=_("Open again"),
            done=_("A position is free again"),
            allow=policies.FILL_REQUISITION,
            apply=_to_be_advertised,
        ),
    ],
    next_steps={
        S.PENDING: Owed("requisitions.decide"),
        S.APPROVED: Owed("requisitions.advertise", "requisitions.needed"),
        S.ON_HOLD: Owed("requisitions.on_hold"),
        S.REJECTED: Rests(
            "It is decided: whoever asked was told why, may change it and ask again, and nobody waits for it."
        ),
        S.FILLED: Rests("Everybody is found. Where somebody does not come, a job opens it again."),
    },
)
