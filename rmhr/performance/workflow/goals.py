"""The life of a goal: one side proposes, the other agrees, the supervisor concludes. What is agreed stays."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.law import deadlines
from rmhr.models.accounts import User
from rmhr.models.performance import Goal, GoalGroup, GoalStatus
from rmhr.performance import notifications, policies, records
from rmhr.performance.forms.development import ReasonForm
from rmhr.performance.queries.check_ins import next_check_in

G = GoalStatus
CONCLUDED = G.within(GoalGroup.CONCLUDED)


def _proposed(actor: User, goal: Goal) -> None:
    goal.proposed_by, goal.proposed_by_id = actor, actor.id
    goal.propose_by = None
    goal.agree_by = deadlines.AGREE_ON_GOAL.after(clock.today())


def _agreed(_actor: Actor, goal: Goal) -> None:
    goal.agreed_at, goal.agree_by = clock.now(), None
    goal.check_in_by = next_check_in(goal)


def _open_no_more(_actor: Actor, goal: Goal) -> None:
    goal.propose_by = goal.agree_by = goal.check_in_by = None


def _concluded(_actor: Actor, goal: Goal) -> None:
    goal.check_in_by = None
    records.GOAL.keep(goal)


def _reopened(_actor: Actor, goal: Goal) -> None:
    goal.check_in_by = next_check_in(goal)


def _draft_again(_actor: Actor, goal: Goal) -> None:
    goal.agree_by = None
    goal.propose_by = deadlines.PROPOSE_GOAL.after(clock.today())


def _restored(actor: User, goal: Goal) -> None:
    goal.proposed_by, goal.proposed_by_id = actor, actor.id
    _draft_again(actor, goal)


def _date_is_ahead(goal: Goal) -> Any:
    if goal.due_on <= clock.today():
        return _("The date of this goal has passed. Change it first.")
    return None


def _conclude(name: str, target: GoalStatus, label: Any, done: Any) -> Transition:
    return Transition(
        name=name,
        sources=(G.AGREED,),
        target=target,
        label=label,
        done=done,
        allow=policies.supervisor_of_the_rm,
        form=ReasonForm,
        apply=_concluded,
    )


GOALS = Workflow(
    "performance_goals",
    initial=G.DRAFT,
    transitions=[
        Transition(
            name="propose",
            sources=(G.DRAFT,),
            target=G.PROPOSED,
            label=_("Propose"),
            done=_("Goal proposed"),
            allow=policies.SIDES,
            guard=_date_is_ahead,
            apply=_proposed,
            notify=(notifications.PROPOSED,),
            tone="primary",
        ),
        Transition(
            name="agree",
            sources=(G.PROPOSED,),
            target=G.AGREED,
            label=_("Agree"),
            done=_("Goal agreed"),
            allow=policies.side_that_did_not_propose,
            confirm=_("From now on the goal stays as it is. The two of you look at it every 30 days."),
            apply=_agreed,
            notify=(notifications.AGREED,),
            tone="primary",
        ),
        Transition(
            name="send_back",
            sources=(G.PROPOSED,),
            target=G.DRAFT,
            label=_("Send back…"),
            done=_("Proposal sent back"),
            allow=policies.side_that_did_not_propose,
            form=ReasonForm,
            apply=_draft_again,
            notify=(notifications.SENT_BACK,),
        ),
        _conclude("achieve", G.ACHIEVED, _("Achieved…"), _("Goal achieved")),
        _conclude("achieve_partly", G.PARTLY, _("Partly achieved…"), _("Goal partly achieved")),
        _conclude("miss", G.MISSED, _("Not achieved…"), _("Goal not achieved")),
        Transition(
            name="reopen",
            sources=CONCLUDED,
            target=G.AGREED,
            label=_("Open again…"),
            done=_("Goal opened again"),
            allow=policies.supervisor_of_the_rm,
            form=ReasonForm,
            apply=_reopened,
            notify=(notifications.GOAL_REOPENED,),
        ),
        Transition(
            name="cancel",
            sources=(G.DRAFT, G.PROPOSED, G.AGREED),
            target=G.CANCELLED,
            label=_("Withdraw…"),
            done=_("Goal withdrawn"),
            allow=policies.CANCEL,
            form=ReasonForm,
            apply=_open_no_more,
            tone="danger",
        ),
        Transition(
            name="restore",
            sources=(G.CANCELLED,),
            target=G.DRAFT,
            label=_("Make it a draft again…"),
            done=_("Withdrawn goal made a draft again"),
            allow=policies.SIDES,
            form=ReasonForm,
            apply=_restored,
        ),
    ],
    next_steps={
        G.DRAFT: Owed("performance.propose"),
        G.PROPOSED: Owed("performance.agree"),
        G.AGREED: Owed("performance.check_in", "performance.conclude"),
        **dict.fromkeys(
            CONCLUDED, Rests("It is kept as it was concluded; the supervisor can open it again.")
        ),
        G.CANCELLED: Rests("It was given up; either side can make it a draft again."),
    },
)
