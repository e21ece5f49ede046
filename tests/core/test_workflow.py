"""Transitions: permission, state, guard, history, mail and reactions from one row."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible, Stale
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import anyone, has_role
from rmhr.models.accounts import Role
from rmhr.models.onboarding import OnboardingPlan as Plan
from rmhr.models.onboarding import PlanStatus, TaskStatus
from tests.factories import accounts, save


@pytest.fixture
def flow():
    """Plans that HR may complete, unless they have no mentor."""
    made = Workflow(
        "trial",
        initial=PlanStatus.ACTIVE,
        transitions=[
            Transition(
                name="complete",
                sources=(PlanStatus.ACTIVE,),
                target=PlanStatus.COMPLETED,
                label=_("Complete"),
                done=_("Plan completed"),
                allow=has_role(Role.HR),
                guard=lambda plan: None if plan.mentor_id else _("There is no mentor yet."),
                apply=lambda _actor, plan, *, buddy=None: setattr(plan, "buddy_id", buddy),
            ),
            Transition(
                name="call_off",
                sources=(PlanStatus.ACTIVE,),
                target=PlanStatus.CALLED_OFF,
                label=_("Call off"),
                done=_("Plan called off"),
                allow=has_role(Role.HR),
            ),
        ],
    )
    yield made
    registry.FLOWS.pop("trial")
    for name in made.transitions:
        registry.SENTENCES.pop(f"trial.{name}")


def plan(**given: Any) -> Plan:
    hr = accounts.user(Role.HR)
    defaults = {
        "user_id": accounts.user().id,
        "starts_on": accounts.started(),
        "complete_by": clock.today(),
        "hr_id": hr.id,
        "mentor_id": accounts.user(Role.MENTOR).id,
    }
    return save(Plan(**defaults | given))


def test_a_move_changes_the_status_and_is_recorded(flow):
    subject, hr = plan(), accounts.user(Role.HR)

    flow.perform(hr, subject, "complete", note="All done", buddy=hr.id)

    assert subject.status is PlanStatus.COMPLETED
    assert subject.buddy_id == hr.id
    entry = audit.timeline(subject)[0]
    assert (entry.actor, entry.action, entry.note, entry.mark) == (
        hr.name,
        "trial.complete",
        "All done",
        True,
    )
    assert str(entry.sentence) == "Plan completed"


def test_who_is_not_allowed_changes_nothing(flow):
    subject = plan()
    with pytest.raises(NotAllowed):
        flow.perform(accounts.user(Role.RM), subject, "complete")
    assert subject.status is PlanStatus.ACTIVE
    assert flow.moves(accounts.user(Role.RM), subject) == []


def test_a_guard_greys_the_button_out_and_refuses_the_deed(flow):
    subject, hr = plan(mentor_id=None), accounts.user(Role.HR)
    blocked = {move.transition.name: str(move.blocked) for move in flow.moves(hr, subject) if move.blocked}
    assert blocked == {"complete": "There is no mentor yet."}
    with pytest.raises(NotPossible, match="no mentor"):
        flow.perform(hr, subject, "complete")


def test_a_page_that_is_out_of_date_changes_nothing(flow):
    subject, hr = plan(), accounts.user(Role.HR)
    with pytest.raises(Stale):
        flow.perform(hr, subject, "complete", seen="completed")
    assert subject.status is PlanStatus.ACTIVE


def test_what_is_done_cannot_be_done_again(flow):
    subject, hr = plan(), accounts.user(Role.HR)
    flow.perform(hr, subject, "complete")
    with pytest.raises(NotPossible, match="Completed"):
        flow.perform(hr, subject, "complete")


def test_a_reaction_that_fails_undoes_the_move(flow):
    subject, hr = plan(), accounts.user(Role.HR)

    @flow.after("complete", order=10)
    def refuse(_actor: Any, _plan: Plan) -> None:
        raise NotPossible("no")

    with pytest.raises(NotPossible, match="no"):
        flow.perform(hr, subject, "complete")
    db.session.refresh(subject)
    assert subject.status is PlanStatus.ACTIVE
    assert [entry.action for entry in audit.timeline(subject)] == ["tests.arrange"]


def test_reactions_run_in_their_declared_order(flow):
    said: list[str] = []

    @flow.after("complete", order=20)
    def second(_actor: Any, _plan: Plan) -> None:
        said.append("second")

    @flow.after("complete", order=10)
    def first(_actor: Any, _plan: Plan) -> None:
        said.append("first")

    flow.perform(accounts.user(Role.HR), plan(), "complete")
    assert said == ["first", "second"]
    assert flow.reactions("complete") == ["core.first", "core.second"]


def test_a_status_that_cannot_be_reached_does_not_import():
    with pytest.raises(ValueError, match="no way to reach"):
        Workflow("dead_end", initial=TaskStatus.OPEN, transitions=[])
    assert "dead_end" not in registry.FLOWS


def test_two_workflows_of_one_name_do_not_import(flow):
    with pytest.raises(ValueError, match="two workflows"):
        Workflow("trial", initial=PlanStatus.ACTIVE, transitions=list(flow.transitions.values()))


def test_the_rule_of_a_move_has_a_name(flow):
    assert flow["complete"].allow.name == "hr"
    assert (flow["complete"].allow | anyone).name == "(hr or anyone)"
