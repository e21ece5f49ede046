"""Plans of the first months: of every RM, most of them completed long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.onboarding import (
    OnboardingPlan,
    OnboardingTask,
    PlanStatus,
    TaskOwner,
    TaskStatus,
    TaskTemplate,
)
from tools.bench.seeds.people import Staff, started_on
from tools.bench.seeds.rows import add, day, mixed, moment, stamped
from tools.bench.sizes import Size

LASTS = 180
#: As many days before today everything is done that was due, but for every twentieth task.
DONE, LATE = 7, 20


def fill(size: Size) -> None:
    """A plan for each RM, with a task of each template."""
    staff = Staff(size)
    templates = list(db.session.scalars(sa.select(TaskTemplate).order_by(TaskTemplate.position)))
    add(OnboardingPlan, (_plan(staff, rm) for rm in staff.rms))
    add(OnboardingTask, (task for rm in staff.rms for task in _tasks(staff, rm, templates)))


def is_new(rm: int) -> bool:
    """Whether the plan of this RM is under way."""
    return started_on(rm) + timedelta(days=LASTS) >= day()


def _plan(staff: Staff, rm: int) -> dict[str, Any]:
    begins = started_on(rm)
    return {
        "id": rm,
        "user_id": rm,
        "status": PlanStatus.ACTIVE if is_new(rm) else PlanStatus.COMPLETED,
        "starts_on": begins,
        "complete_by": begins + timedelta(days=LASTS),
        "signed_off_on": None if is_new(rm) else begins + timedelta(days=90),
        "mentor_id": staff.mentor(rm),
        "buddy_id": staff.mentor(rm),
        "hr_id": staff.hr[rm % len(staff.hr)],
        **stamped(moment(begins - timedelta(days=20))),
    }


def _tasks(staff: Staff, rm: int, templates: list[TaskTemplate]) -> Iterator[dict[str, Any]]:
    owners = {
        TaskOwner.NEW_RM: rm,
        TaskOwner.SUPERVISOR: staff.lead(rm),
        TaskOwner.BUDDY: staff.mentor(rm),
        TaskOwner.MENTOR: staff.mentor(rm),
    }
    hr = staff.hr[rm % len(staff.hr)]
    for place, each in enumerate(templates):
        due = started_on(rm) + timedelta(days=each.due_days)
        left = is_new(rm) and (due > day(-DONE) or mixed(rm * 100 + place, "late", LATE) == 0)
        yield {
            "plan_id": rm,
            "code": each.code,
            "phase": each.phase,
            "owner_role": each.owner,
            "owner_id": owners.get(each.owner, hr),
            "status": TaskStatus.OPEN if left else TaskStatus.DONE,
            "text": each.text,
            "blocking": each.blocking,
            "course_code": each.course_code,
            "requires": each.requires,
            "due_on": due,
            "done_at": None if left else moment(min(due, day(-1)), 14),
            "done_by_id": None if left else owners.get(each.owner, hr),
            **stamped(moment(started_on(rm) - timedelta(days=20))),
        }
