"""Applications of colleagues: hidden from who leads them until they agree, and among others' from themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased

from rmhr.accounts import queries
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.applications import Applicant, Application

#: Who applies while a due thing is read by others than HR: deputies, supervisors of its owner, calendars.
NOBODY = "N. N."
#: Who waits for a due thing: joined from outside by `waits`.
WAITING = aliased(User, name="waiting")


def hidden_from(viewer: User) -> sa.CompoundSelect[Any]:
    """The ids of the applications of which this person must not know, as a subquery for the conditions of all stages.

    Of those whose supervisor must not know: to HR the ones of people who report to them, to everybody else the ones
    of all people below them. Nobody works on their own application either. Whoever sends one from outside with the
    address of a colleague may be that colleague: it is hidden like one from inside.
    """
    led = queries.people.team_ids(viewer) if viewer.has(Role.HR) else queries.people.ids_below(viewer)
    own = sa.or_(Applicant.user_id == viewer.id, Applicant.email == viewer.email)
    theirs = sa.or_(
        Applicant.user_id.in_(led),
        Applicant.email.in_(sa.select(User.email).where(User.id.in_(led))),
    )
    ids = sa.select(Application.id).join(Applicant, Applicant.id == Application.applicant_id)
    return ids.where(own).union(ids.where(Application.supervisor_may_know.is_(False), theirs))


def known_to(viewer: User) -> sa.ColumnElement[bool]:
    """The condition that this person may know of an application."""
    return Application.id.not_in(hidden_from(viewer))


def may_know(user: User, application: Application) -> bool:
    """Whether this person may know of an application: the same for one that is at hand."""
    return bool(who_may_know(application, [user]))


def who_may_know(application: Application, people: Iterable[User]) -> list[User]:
    """Those of these people who may know of an application: who can be told of it, or asked to work on it."""
    above = [] if application.supervisor_may_know else _above(application.applicant)
    return [
        each
        for each in people
        if each.id != application.applicant.user_id
        and each.email != application.applicant.email
        and (each.id not in above or (each.id != above[0] and each.has(Role.HR)))
    ]


def _above(applicant: Applicant) -> list[int]:
    """The supervisors of the colleague who applies, or whose address is used, by number, the nearest first."""
    person = applicant.user_id
    if person is None:
        colleague = queries.people.by_email(applicant.email)
        person = colleague.id if colleague else None
    return list(queries.people.supervisors_above(person)) if person is not None else []


def name_in_lists() -> sa.ColumnElement[str]:
    """The applicant's name for due things, which others read as well: not before the supervisor may know of it."""
    name: sa.ColumnElement[str] = sa.case(
        (Application.supervisor_may_know, Application.name), else_=sa.literal(NOBODY)
    )
    return name


def owed_by(owner_id: InstrumentedAttribute[int] | sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """The condition of a due thing that its owner is not the supervisor who must not know."""
    leads = (
        sa.select(Employee.id)
        .join(User, User.id == Employee.user_id)
        .where(
            sa.or_(User.id == Applicant.user_id, User.email == Applicant.email),
            Employee.supervisor_id == owner_id,
        )
        .correlate_except(Employee, User)
    )
    return sa.or_(Application.supervisor_may_know, ~leads.exists())


def waits(person_id: InstrumentedAttribute[int]) -> sa.ColumnElement[bool]:
    """The condition by which WAITING is joined: nobody while the supervisor must not know, since it may be they."""
    return sa.and_(WAITING.id == person_id, Application.supervisor_may_know)
