"""The life of a next step."""

from __future__ import annotations

from rmhr.core import clock
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.models.performance import DevelopmentItem, ItemStatus
from rmhr.performance import policies
from rmhr.performance.forms.development import ReasonForm

S = ItemStatus


def _done(_actor: Actor, item: DevelopmentItem) -> None:
    item.done_on = clock.today()


def _not_done(_actor: Actor, item: DevelopmentItem) -> None:
    item.done_on = None


ITEMS = Workflow(
    "performance_development",
    initial=S.OPEN,
    transitions=[
        Transition(
            name="complete",
            sources=(S.OPEN,),
            target=S.DONE,
            label=_("Mark as done"),
            done=_("Next step done"),
            allow=policies.STEPS,
            apply=_done,
            tone="primary",
        ),
        Transition(
            name="drop",
            sources=(S.OPEN,),
            target=S.DROPPED,
            label=_("Not needed…"),
            done=_("Next step dropped"),
            allow=policies.DROP,
            form=ReasonForm,
        ),
        Transition(
            name="reopen",
            sources=(S.DONE, S.DROPPED),
            target=S.OPEN,
            label=_("Open again"),
            done=_("Next step opened again"),
            allow=policies.STEPS,
            apply=_not_done,
        ),
    ],
    next_steps={
        S.OPEN: Owed("performance.item"),
        S.DONE: Rests("It is done; either side can open it again."),
        S.DROPPED: Rests("It is not needed; either side can open it again."),
    },
)
