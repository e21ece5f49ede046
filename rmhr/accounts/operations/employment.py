"""Employments begin, change, pause and end, on days ahead or behind: recorded as events, to which the stages react."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import current_app

from rmhr.accounts import notifications, policies, queries
from rmhr.accounts.workflow import COLUMNS, EMPLOYMENT, EVENTS, as_json
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due.calendar import ONE_DAY
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import DomainError, NotPossible
from rmhr.core.flow.handing_over import hanging_on
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Employee, EmploymentEvent, EmploymentKind, Successor, User

#: {kind of what hangs on somebody: id of who takes it over}
Successors = Mapping[str, int | None]


@operation(allow=policies.MANAGE, done=_("Employment begins"))
def begin(actor: Any, employee: Employee) -> EmploymentEvent:
    """Somebody begins on the first day of this employment: what they need is prepared at once."""
    event = _event(actor, employee.user, EmploymentKind.BEGINS, employee.started_on, _place_of(employee))
    EMPLOYMENT.happen(EmploymentKind.BEGINS.value, actor, event)
    return _when_its_day_has_come(actor, event)


@operation(allow=policies.EDIT, done=_("First day moved"))
def reschedule(actor: Any, user: User, *, started_on: date) -> EmploymentEvent | None:
    """Another first day. What is counted from it moves along; None where it is the same day.

    Raises NotPossible for a first day after the last one.
    """
    employee = user.employee
    if employee is None or employee.started_on == started_on:
        return None
    if employee.left_on is not None and started_on > employee.left_on:
        raise NotPossible(gettext("The last day cannot be before the first one."))
    days = [employee.started_on.isoformat(), started_on.isoformat()]
    employee.started_on = started_on
    event = _event(actor, user, EmploymentKind.RESCHEDULED, clock.today(), {"started_on": days})
    return _when_its_day_has_come(actor, event)


@operation(allow=policies.EDIT, done=_("Change of employment recorded"))
def change_place(
    actor: Any, user: User, /, *, on: date | None = None, successors: Successors | None = None, **place: Any
) -> EmploymentEvent | None:
    """Another unit, supervisor, RM type, level or title (`place`) from a day on; without one, from today.

    None where nothing is different and nobody takes anything over. Raises NotPossible for a circle of supervisors and
    where nobody is employed, ValueError for what is no part of a place.
    """
    employee = user.employee
    if employee is None:
        raise NotPossible(gettext("%(name)s has no employment.", name=user.name))
    if unknown := place.keys() - COLUMNS.keys():
        raise ValueError(f"no place has {sorted(unknown)}")
    changes = {
        name: [as_json(getattr(employee, name)), as_json(value)]
        for name, value in place.items()
        if getattr(employee, name) != value
    }
    if not changes and not any((successors or {}).values()):
        return None
    _refuse_a_circle(user, place.get("supervisor_id"))
    event = _event(actor, user, EmploymentKind.CHANGES, on or clock.today(), changes, successors)
    return _when_its_day_has_come(actor, event)


@operation(allow=policies.RECORD_ABSENCE, done=_("Long absence recorded"))
def be_absent(
    actor: Any, user: User, *, starts_on: date, ends_on: date, successors: Successors | None = None
) -> EmploymentEvent:
    """Somebody is away for long, both days included, and is expected back on the day after."""
    until = {"until": [None, ends_on.isoformat()]}
    event = _event(actor, user, EmploymentKind.ABSENT, starts_on, until, successors)
    back = _event(actor, user, EmploymentKind.RETURNS, ends_on + ONE_DAY, {})
    _when_its_day_has_come(actor, event)
    _when_its_day_has_come(actor, back)
    return event


@operation(allow=policies.RECORD_ABSENCE, done=_("Long absence changed"))
def return_from_absence(actor: Any, user: User, *, on: date, planned: date) -> None:
    """Back on another day than `planned`; where the absence has not begun then, it does not happen at all."""
    for event in queries.employment.planned_of(user):
        absent = event.kind is EmploymentKind.ABSENT and event.becomes("until") == _before(planned)
        returns = event.kind is EmploymentKind.RETURNS and event.on == planned
        if absent or (returns and not queries.employment.absent_until(user, _before(planned))):
            EVENTS.perform(actor if policies.EDIT_EVENT(actor, event) else SYSTEM, event, "cancel")
        elif returns:
            event.on = on
            _when_its_day_has_come(actor, event)


def record_leaving(actor: Any, user: User, on: date, successors: Successors | None) -> EmploymentEvent:
    """The last day, instead of one that was recorded before; inside the operation that records it."""
    for earlier in queries.employment.planned_of(user):
        if earlier.kind is EmploymentKind.LEAVES:
            EVENTS.perform(actor, earlier, "cancel")
    user.left_on = on
    if user.employee is not None:
        user.employee.left_on = on
    event = _event(actor, user, EmploymentKind.LEAVES, on + ONE_DAY, {}, successors)
    return _when_its_day_has_come(actor, event)


def take_leaving_back(actor: Any, user: User) -> None:
    """The person stays after all; or is back, where they had left already. Inside the operation that records it."""
    planned = [
        event
        for event in queries.employment.planned_of(user)
        if event.kind is EmploymentKind.LEAVES and event.on > clock.today()
    ]
    for event in planned:
        EVENTS.perform(actor, event, "cancel")
    user.left_on = None
    if user.employee is not None:
        user.employee.left_on = None
    if not planned:
        _when_its_day_has_come(actor, _event(actor, user, EmploymentKind.RETURNS, clock.today(), {}))


def take_effect(actor: Any) -> int:
    """Put into force what is planned and whose day has come, the earliest first; how many events there were.

    What cannot be (two who would lead each other) is in the way of no other; HR owes it.
    """
    return sum(one_by_one(queries.employment.due(), lambda event: _in_force(actor, event)))


def _in_force(actor: Any, event: EmploymentEvent) -> bool:
    try:
        EVENTS.perform(actor, event, "take_effect")
    except DomainError as error:
        current_app.logger.warning("%r could not be put into force: %s", event, error)
        return False
    return True


@EMPLOYMENT.after(
    EmploymentKind.CHANGES.value, EmploymentKind.ABSENT.value, EmploymentKind.LEAVES.value, order=90
)
def hand_over(_actor: Any, event: EmploymentEvent) -> None:
    """Give what hangs on the person to those who were named; each of them is told by one mail.

    What one of them cannot take (another interview at that time) stays where it is, and HR owes it, whether the person
    has left, has changed places or is away.
    """
    taken: dict[User, list[tuple[Any, int]]] = defaultdict(list)
    chosen = {named.kind: named.user for named in event.successors}
    for hung in hanging_on(event.user) if chosen else []:
        successor = chosen.get(hung.kind.name)
        if successor is None or hung.kind.hand_over is None or not _can_take(successor, event.user):
            continue
        try:
            count = hung.kind.hand_over(SYSTEM, event.user, successor=successor)
        except DomainError:
            continue
        if count:
            taken[successor].append((hung.kind.label, count))
    for successor, parts in taken.items():
        outbox.compose(notifications.HANDED_OVER, event.user, successor, event=event, parts=parts)
    if chosen and event.user.is_active:
        # Whoever has left owes nothing: all that still hangs on them is HR's.
        left = sorted({hung.kind.name for hung in hanging_on(event.user)} & chosen.keys())
        if left:
            event.changes = {**event.changes, "left": [None, left]}


@EMPLOYMENT.after(
    EmploymentKind.CHANGES.value,
    EmploymentKind.ABSENT.value,
    EmploymentKind.LEAVES.value,
    EmploymentKind.RETURNS.value,
    order=95,
)
def look_what_is_left(_actor: Any, event: EmploymentEvent) -> None:
    """Once everything has gone to somebody, HR owes nothing more of it; of an absence also once the person is back."""
    for earlier in queries.employment.unsettled(event.user):
        over = event.kind is EmploymentKind.LEAVES and earlier is not event
        back = event.kind is EmploymentKind.RETURNS and earlier.kind is not EmploymentKind.CHANGES
        if over or back or not _still_hangs(earlier):
            settle(SYSTEM, earlier)


def _still_hangs(event: EmploymentEvent) -> bool:
    """Whether something of what was left by this event has not gone to anybody."""
    kinds = {hung.kind.name for hung in hanging_on(event.user)}
    return bool(kinds if event.kind is EmploymentKind.LEAVES else kinds & event.left)


@operation(allow=policies.EDIT, done=_("Stays where it is; nobody takes it over"))
def keep(_actor: Any, user: User) -> None:
    """What a successor could not take over stays with the person. Raises NotPossible where nothing is owed."""
    left = [event for event in queries.employment.unsettled(user) if event.left]
    if not left:
        raise NotPossible(gettext("Nothing of it has to be handed over any more."))
    for event in left:
        settle(SYSTEM, event)


@operation(allow=policies.MANAGE, done=_("Everything has been handed over"))
def settle(_actor: Any, event: EmploymentEvent) -> None:
    """Remember that nothing was left behind, or that somebody has taken it over."""
    event.settled_at = clock.now()


def settle_all(actor: Any) -> int:
    """Look at everybody who left something behind, and settle what is taken over by now; how many there were."""
    done = [event for event in queries.employment.unsettled() if not _still_hangs(event)]
    return len(one_by_one(done, lambda event: settle(actor, event)))


def _can_take(successor: User, person: User) -> bool:
    return successor.is_active and successor.id != person.id


def _event(
    actor: Any,
    user: User,
    kind: EmploymentKind,
    on: date,
    changes: dict[str, Any],
    successors: Successors | None = None,
) -> EmploymentEvent:
    """One at a time for each person: two who record at once come one after the other."""
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())
    named = {name: id for name, id in (successors or {}).items() if id is not None}
    _refuse_successors(user, named)
    event = EmploymentEvent(
        user=user,
        kind=kind,
        on=on,
        changes=changes,
        recorded_by=actor if isinstance(actor, User) else None,
        successors=[Successor(kind=name, user_id=id) for name, id in named.items()],
    )
    user.updated_at = clock.now()
    db.session.add(event)
    db.session.flush()
    return event


def _refuse_successors(user: User, named: Mapping[str, int]) -> None:
    for name, id in named.items():
        kind, successor = registry.HANGING[name], queries.people.by_id(id)
        if successor is None or not _can_take(successor, user) or not successor.has(*kind.roles):
            raise NotPossible(gettext("Choose somebody who works here and may do it."))


def _refuse_a_circle(user: User, supervisor_id: int | None) -> None:
    if supervisor_id is not None and user.id in (
        supervisor_id,
        *queries.people.supervisors_above(supervisor_id),
    ):
        raise NotPossible(gettext("Nobody can report to themselves, not even through others."))


def _when_its_day_has_come(actor: Any, event: EmploymentEvent) -> EmploymentEvent:
    if event.on <= clock.today():
        EVENTS.perform(actor if policies.TAKE_EFFECT(actor, event) else SYSTEM, event, "take_effect")
    return event


def _place_of(employee: Employee) -> dict[str, Any]:
    return {name: [None, as_json(getattr(employee, name))] for name in COLUMNS}


def _before(day: date) -> str:
    return (day - ONE_DAY).isoformat()
