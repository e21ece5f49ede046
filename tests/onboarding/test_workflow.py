"""Who may tick, drop and open again."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.models.onboarding import PlanStatus, TaskOwner, TaskStatus
from rmhr.onboarding.workflow import PLANS, TASKS
from tests.factories import accounts
from tests.factories.onboarding import fulfilled, plan


def task_of(opened, owner, course=False):
    return next(t for t in opened.tasks if t.owner_role is owner and bool(t.course_code) is course)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("owner", {"complete", "complete_with_remark", "notify"}),
        ("HR", {"complete", "complete_with_remark", "notify", "drop"}),
        ("supervisor", {"drop"}),
        ("another RM", set()),
        ("mentor", set()),
    ],
)
def test_who_may_do_what_with_an_open_task_of_the_new_rm(who, may):
    opened = plan()
    task = task_of(opened, TaskOwner.NEW_RM)
    user = {
        "owner": lambda: task.owner,
        "HR": lambda: opened.hr,
        "supervisor": lambda: opened.user.employee.supervisor,
        "another RM": accounts.user,
        "mentor": lambda: opened.mentor,
    }[who]()
    assert {move.transition.name for move in TASKS.moves(user, task)} == may
    for name in TASKS.transitions.keys() - may:
        with pytest.raises((NotAllowed, NotPossible)):
            TASKS.perform(user, task, name)


def test_done_is_done_by_somebody_at_some_time_and_can_be_taken_back():
    task = task_of(plan(), TaskOwner.NEW_RM)
    TASKS.perform(task.owner, task, "complete_with_remark", comment="With Ilse")
    assert (task.status, task.done_by_id, task.comment) == (TaskStatus.DONE, task.owner_id, "With Ilse")
    TASKS.perform(task.owner, task, "reopen")
    assert (task.status, task.done_at, task.done_by_id) == (TaskStatus.OPEN, None, None)


def test_what_a_course_ticks_nobody_ticks_by_hand():
    task = task_of(plan(), TaskOwner.NEW_RM, course=True)
    with pytest.raises(NotPossible, match="automatically"):
        TASKS.perform(task.owner, task, "complete")
    assert all(move.blocked for move in TASKS.moves(task.owner, task))


def test_a_plan_is_complete_when_nothing_required_is_open():
    opened = plan()
    with pytest.raises(NotPossible, match="required"):
        PLANS.perform(opened.hr, opened, "complete")
    opened = fulfilled()
    PLANS.perform(opened.hr, opened, "complete")
    assert opened.status is PlanStatus.COMPLETED


def test_new_rms_do_not_complete_their_own_plan():
    opened = plan()
    with pytest.raises(NotAllowed):
        PLANS.perform(opened.user, opened, "complete")
