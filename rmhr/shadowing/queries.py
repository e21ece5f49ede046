"""Programmes and sessions as each person may see them, and where somebody stands on the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.shadowing import (
    Activity,
    ProgrammeRung,
    Rung,
    RungRule,
    SessionStatus,
    ShadowingProgramme,
    ShadowingSession,
)


def visible_to(viewer: User) -> sa.ColumnElement[bool]:
    """One's own, those one guides or hosts, one's team's; HR and compliance all."""
    if viewer.has(Role.HR, Role.COMPLIANCE):
        return sa.true()
    hosted = sa.select(ShadowingSession.programme_id).where(ShadowingSession.host_id == viewer.id)
    return sa.or_(
        ShadowingProgramme.user_id == viewer.id,
        ShadowingProgramme.mentor_id == viewer.id,
        ShadowingProgramme.user_id.in_(accounts.people.team_ids(viewer)),
        ShadowingProgramme.id.in_(hosted),
    )


def _whole() -> Any:
    return sa.select(ShadowingProgramme).options(
        joinedload(ShadowingProgramme.user).joinedload(User.employee).joinedload(Employee.supervisor),
        selectinload(ShadowingProgramme.rungs),
        selectinload(ShadowingProgramme.sessions),
    )


def get(viewer: User, id: int) -> ShadowingProgramme:
    """A programme with its sessions, or 404."""
    query = _whole().where(ShadowingProgramme.id == id, visible_to(viewer))
    found: ShadowingProgramme | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def of(user: User) -> ShadowingProgramme | None:
    """The programme of this person, with its sessions."""
    found: ShadowingProgramme | None = (
        db.session.scalars(_whole().where(ShadowingProgramme.user_id == user.id)).unique().one_or_none()
    )
    return found


def session(viewer: User, id: int) -> ShadowingSession:
    """One session of a programme that this person may see, or 404."""
    query = (
        sa.select(ShadowingSession)
        .join(ShadowingProgramme)
        .where(ShadowingSession.id == id, visible_to(viewer))
        .options(joinedload(ShadowingSession.programme))
    )
    found: ShadowingSession | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def overview(viewer: User) -> Rows:
    """(programme, confirmed, needed, waiting): the list with how far each is, in one query."""
    sessions = (
        sa.select(
            ShadowingSession.programme_id,
            sa.func.sum(_one_if(ShadowingSession.status == SessionStatus.CONFIRMED)).label("confirmed"),
            sa.func.sum(_one_if(ShadowingSession.status == SessionStatus.LOGGED)).label("waiting"),
        )
        .group_by(ShadowingSession.programme_id)
        .subquery()
    )
    rungs = (
        sa.select(ProgrammeRung.programme_id, sa.func.sum(ProgrammeRung.needed).label("needed"))
        .group_by(ProgrammeRung.programme_id)
        .subquery()
    )
    return (
        sa.select(
            ShadowingProgramme,
            sa.func.coalesce(sessions.c.confirmed, 0).label("confirmed"),
            sa.func.coalesce(rungs.c.needed, 0).label("needed"),
            sa.func.coalesce(sessions.c.waiting, 0).label("waiting"),
        )
        .outerjoin(sessions, sessions.c.programme_id == ShadowingProgramme.id)
        .outerjoin(rungs, rungs.c.programme_id == ShadowingProgramme.id)
        .join(User, User.id == ShadowingProgramme.user_id)
        .where(visible_to(viewer))
        .options(joinedload(ShadowingProgramme.user).joinedload(User.employee))
    )


def _one_if(condition: sa.ColumnElement[bool]) -> Any:
    return sa.case((condition, 1), else_=0)


def first_visible(viewer: User) -> ShadowingProgramme | None:
    """Some programme that this person may open, one with sessions if there is one."""
    query = (
        sa.select(ShadowingProgramme)
        .outerjoin(ShadowingSession)
        .where(visible_to(viewer))
        .order_by(ShadowingSession.id.desc())
        .limit(1)
    )
    found: ShadowingProgramme | None = db.session.scalars(query).first()
    return found


def activities() -> Sequence[Activity]:
    """What a session can be."""
    return db.session.scalars(sa.select(Activity).order_by(Activity.position)).all()


def rules() -> Sequence[RungRule]:
    """How many sessions each rung takes in a new programme."""
    return db.session.scalars(sa.select(RungRule).order_by(RungRule.position)).all()


def hosts(programme: ShadowingProgramme) -> list[User]:
    """Who can host this RM: the mentor first, then everybody with the role; never oneself, and nobody who left."""
    others = [user for user in accounts.people.with_role(Role.MENTOR) if user.id != programme.mentor_id]
    found = [programme.mentor, *others]
    return [user for user in found if user.id != programme.user_id and user.is_active]


def region(programme: ShadowingProgramme) -> str:
    """Where this RM's working days are counted."""
    employee = programme.user.employee
    return employee.unit.holiday_region if employee else "DE"


def confirm_by(programme: ShadowingProgramme) -> date:
    """Until when a session written up today is to be confirmed."""
    return deadlines.CONFIRM_SESSION.after(clock.today(), region(programme))


@dataclass(frozen=True)
class Step:
    """A rung of one programme and how far it is climbed."""

    rung: Rung
    done: int
    needed: int
    due_on: date


@dataclass(frozen=True)
class Standing:
    """Where somebody stands on the ladder."""

    steps: list[Step]
    waiting: int  # sessions that wait for their host

    @property
    def present(self) -> Step | None:
        """The first rung that is not climbed; None where all are."""
        return next((step for step in self.steps if step.done < step.needed), None)

    @property
    def open(self) -> list[Rung]:
        """The rungs on which a session may be written up: the present one and those below."""
        found = []
        for step in self.steps:
            found.append(step.rung)
            if step is self.present:
                break
        return found


def standing(programme: ShadowingProgramme) -> Standing:
    """Count the confirmed sessions of each rung."""
    confirmed = [s.rung for s in programme.sessions if s.status is SessionStatus.CONFIRMED]
    return Standing(
        steps=[
            Step(rung.rung, min(confirmed.count(rung.rung), rung.needed), rung.needed, rung.due_on)
            for rung in programme.rungs
        ],
        waiting=sum(s.status is SessionStatus.LOGGED for s in programme.sessions),
    )
