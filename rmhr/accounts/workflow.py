"""The lives of an employment event and of a role that only two people together can give.

An event is planned for a day, in force from then on, or taken back; and something follows from each.

Stages react with `EMPLOYMENT.after("changes", order=…)`. What begins is prepared for at once, whenever its day is; all
else is reacted to on the day.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rmhr.accounts import notifications, policies, queries
from rmhr.accounts.forms import RoleDeclineForm
from rmhr.core import clock
from rmhr.core.due.calendar import ONE_DAY
from rmhr.core.flow.next_steps import Owed, Waits
from rmhr.core.flow.occasions import Occasions
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.words import day_text
from rmhr.models.accounts import (
    EmploymentEvent,
    EmploymentKind,
    RmLevel,
    RmType,
    Role,
    RoleRequest,
    User,
    UserRole,
)
from rmhr.models.accounts import EmploymentStatus as S
from rmhr.models.accounts import RoleRequestStatus as R

#: What happens to employments. Reactions are given whoever acts and the event, when the employment is changed already.
EMPLOYMENT = Occasions("employment", [kind.value for kind in EmploymentKind])

#: How a column of the employment comes back from JSON.
COLUMNS: dict[str, Any] = {
    "unit_id": lambda value: value,
    "supervisor_id": lambda value: value,
    "job_title": lambda value: value,
    "rm_type": lambda value: RmType(value) if value else None,
    "level": lambda value: RmLevel(value) if value else None,
}


def _too_early(event: EmploymentEvent) -> Any:
    if event.on > clock.today():
        return gettext("It only takes effect on %(day)s.", day=day_text(event.on))
    return None


def _would_be_a_circle(event: EmploymentEvent) -> bool:
    above = event.becomes("supervisor_id")
    return above is not None and event.user_id in (above, *queries.people.supervisors_above(above))


def _cannot_be(event: EmploymentEvent) -> Any:
    if _would_be_a_circle(event):
        return gettext("Nobody can report to themselves, not even through others.")
    return _too_early(event)


def _take_effect(actor: Any, event: EmploymentEvent) -> None:
    event.effective_at = clock.now()
    employee = event.user.employee
    if event.kind is EmploymentKind.CHANGES and employee is not None:
        before = {name: getattr(employee, name) for name in event.changes}
        event.changes = {name: [as_json(before[name]), event.becomes(name)] for name in event.changes}
        for name in event.changes:
            setattr(employee, name, COLUMNS[name](event.becomes(name)))
        # Whoever has the person's form open has now seen something else.
        event.user.updated_at = clock.now()
    if event.kind is not EmploymentKind.BEGINS:
        EMPLOYMENT.happen(event.kind.value, actor, event)


def as_json(value: Any) -> Any:
    """A column of the employment as an event keeps it."""
    return getattr(value, "value", value)


def _cancelled(_actor: Any, event: EmploymentEvent) -> None:
    user = event.user
    if event.kind is EmploymentKind.LEAVES and user.left_on == event.on - ONE_DAY:
        user.left_on = None
        if user.employee is not None:
            user.employee.left_on = None


EVENTS = Workflow(
    "employment",
    initial=S.PLANNED,
    transitions=[
        Transition(
            name="take_effect",
            sources=(S.PLANNED,),
            target=S.EFFECTIVE,
            label=_("Put into force"),
            done=_("In force"),
            allow=policies.TAKE_EFFECT,
            guard=_cannot_be,
            apply=_take_effect,
        ),
        Transition(
            name="cancel",
            sources=(S.PLANNED,),
            target=S.CANCELLED,
            label=_("Take back"),
            done=_("Taken back"),
            allow=policies.EDIT_EVENT,
            apply=_cancelled,
            confirm=_("Then nothing is handed over."),
        ),
    ],
    next_steps={S.PLANNED: Waits("on", "take_effect")},
)


def why_not_together(roles: Collection[Role]) -> Any:
    """Why nobody can have all of these roles, or None."""
    if policies.APART <= set(roles):
        return gettext(
            "Nobody can be relationship manager and compliance at once: compliance checks what "
            "relationship managers do, and nobody checks themselves. Choose one of the two."
        )
    return None


def _cannot_have(request: RoleRequest) -> Any:
    if not request.user.is_active:
        return gettext("%(name)s does not work here any more.", name=request.user.name)
    return why_not_together({*request.user.roles, request.role})


def _given(actor: User, request: RoleRequest) -> None:
    request.decided_by_id = actor.id
    if request.role not in request.user.roles:
        request.user.role_rows.append(UserRole(role=request.role))
    # Whoever has the person's form open has seen other roles than there are now.
    request.user.updated_at = clock.now()


def _not_given(actor: User, request: RoleRequest, **_data: Any) -> None:
    request.decided_by_id = actor.id


ROLE_REQUESTS = Workflow(
    "role_requests",
    initial=R.ASKED,
    transitions=[
        Transition(
            name="give",
            sources=(R.ASKED,),
            target=R.GIVEN,
            label=_("Give the role"),
            done=_("Role given by a second person"),
            allow=policies.SECOND_PERSON,
            guard=_cannot_have,
            apply=_given,
            notify=(notifications.ROLE_GIVEN,),
            tone="primary",
        ),
        Transition(
            name="decline",
            sources=(R.ASKED,),
            target=R.DECLINED,
            label=_("Do not give it…"),
            done=_("Role not given"),
            allow=policies.SECOND_PERSON,
            form=RoleDeclineForm,
            apply=_not_given,
            notify=(notifications.ROLE_NOT_GIVEN,),
        ),
        Transition(
            name="withdraw",
            sources=(R.ASKED,),
            target=R.WITHDRAWN,
            label=_("Withdraw"),
            done=_("Role no longer asked for"),
            allow=policies.WITHDRAW_ROLE,
        ),
    ],
    next_steps={R.ASKED: Owed("accounts.role")},
)
