"""Programmes and sessions as each person may see them, and where somebody stands on the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.core import clock, registry
from rmhr.core.db import Rows, db
from rmhr.core.due import calendar
from rmhr.core.folding import by_name
from rmhr.core.lists.declaration import Endless
from rmhr.law import deadlines
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.shadowing import (
    Activity,
    ChecklistItem,
    HowFar,
    Observation,
    ProgrammeRung,
    ProgrammeStatus,
    Rung,
    RungRule,
    SessionStatus,
    ShadowingProgramme,
    ShadowingSession,
)
from rmhr.onboarding import queries as onboarding

#: Until when, counted from the first day, each rung is to be climbed: with the phases of onboarding. The last is all.
CLIMB = {
    Rung.OBSERVE: deadlines.LEARN,
    Rung.ASSIST: deadlines.CONTRIBUTE,
    Rung.LEAD: deadlines.TAKE_RESPONSIBILITY,
}


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
    employee = joinedload(ShadowingProgramme.user).joinedload(User.employee)
    sessions = selectinload(ShadowingProgramme.sessions)
    return sa.select(ShadowingProgramme).options(
        employee.joinedload(Employee.supervisor),
        employee.joinedload(Employee.unit),
        joinedload(ShadowingProgramme.mentor),
        selectinload(ShadowingProgramme.rungs),
        sessions.joinedload(ShadowingSession.host),
        sessions.joinedload(ShadowingSession.activity),
        sessions.selectinload(ShadowingSession.observations).joinedload(Observation.item),
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


def has_one(user: User) -> int | None:
    """The id of this person's programme; None where there is none."""
    return db.session.scalar(sa.select(ShadowingProgramme.id).where(ShadowingProgramme.user_id == user.id))


def guided_since(mentor: User, first: ShadowingProgramme) -> Sequence[ShadowingProgramme]:
    """The programmes under way from that one on that this person guides, the oldest first."""
    query = _whole().where(
        ShadowingProgramme.id >= first.id,
        ShadowingProgramme.status == ProgrammeStatus.ACTIVE,
        ShadowingProgramme.mentor_id == mentor.id,
    )
    return db.session.scalars(query.order_by(ShadowingProgramme.id)).unique().all()


_OF_PROGRAMME = joinedload(ShadowingSession.programme)
#: Of a session: what was done with whom, and whose it is.
_WITH_PROGRAMME = (
    _OF_PROGRAMME.joinedload(ShadowingProgramme.user).joinedload(User.employee).joinedload(Employee.unit),
    _OF_PROGRAMME.joinedload(ShadowingProgramme.mentor),
    joinedload(ShadowingSession.host),
    joinedload(ShadowingSession.activity),
    selectinload(ShadowingSession.observations).joinedload(Observation.item),
)


def session(viewer: User, id: int) -> ShadowingSession:
    """One session of a programme that this person may see, or 404."""
    query = (
        sa.select(ShadowingSession)
        .join(ShadowingProgramme)
        .where(ShadowingSession.id == id, visible_to(viewer))
        .options(*_WITH_PROGRAMME)
    )
    found: ShadowingSession | None = db.session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def overview(viewer: User) -> Rows:
    """(programme, confirmed, needed, waiting): the list with how far each is, in one query."""
    needed = (
        sa.select(sa.func.coalesce(sa.func.sum(ProgrammeRung.needed), 0))
        .where(ProgrammeRung.programme_id == ShadowingProgramme.id)
        .correlate(ShadowingProgramme)
    )
    return (
        sa.select(
            ShadowingProgramme,
            _sessions_of(SessionStatus.CONFIRMED).label("confirmed"),
            needed.scalar_subquery().label("needed"),
            _sessions_of(SessionStatus.LOGGED).label("waiting"),
        )
        .join(User, User.id == ShadowingProgramme.user_id)
        .where(visible_to(viewer))
        .options(contains_eager(ShadowingProgramme.user), joinedload(ShadowingProgramme.mentor))
    )


def _sessions_of(status: SessionStatus) -> sa.ScalarSelect[int]:
    """How many sessions of a programme are in this status: counted for each that is shown, and for no other."""
    sessions = sa.select(sa.func.count()).where(
        ShadowingSession.programme_id == ShadowingProgramme.id, ShadowingSession.status == status
    )
    return sessions.correlate(ShadowingProgramme).scalar_subquery()


def activities() -> Sequence[Activity]:
    """What a session can be."""
    return db.session.scalars(sa.select(Activity).order_by(Activity.position)).all()


def rules() -> Sequence[RungRule]:
    """How many sessions each rung takes in a new programme."""
    return db.session.scalars(sa.select(RungRule).order_by(RungRule.position)).all()


def checklist() -> Sequence[ChecklistItem]:
    """What is looked at in sessions, in its order."""
    return db.session.scalars(sa.select(ChecklistItem).order_by(ChecklistItem.position)).all()


@dataclass(frozen=True)
class Point:
    """A point of the checklist, and how far it has come in confirmed sessions."""

    item: ChecklistItem
    reached: HowFar | None

    @property
    def is_done(self) -> bool:
        """Whether it has come as far as it must before the sign-off."""
        return self.reached is not None and self.reached.reaches(self.item.needed)


def points(programme: ShadowingProgramme) -> list[Point]:
    """How far each point of the checklist has come. Two queries."""
    seen = (
        sa.select(Observation.item_id, Observation.how_far)
        .join(ShadowingSession, ShadowingSession.id == Observation.session_id)
        .where(
            ShadowingSession.programme_id == programme.id,
            ShadowingSession.status == SessionStatus.CONFIRMED,
        )
    )
    furthest: dict[int, HowFar] = {}
    for item_id, how_far in db.session.execute(seen):
        before = furthest.get(item_id)
        if before is None or how_far.reaches(before):
            furthest[item_id] = how_far
    return [Point(item, furthest.get(item.id)) for item in checklist()]


def _can_host() -> sa.ColumnElement[bool]:
    """The condition that a User can host an RM: mentors, and whoever leads RMs."""
    return accounts.people.has_role(Role.MENTOR, Role.SUPERVISOR)


def all_hosts() -> Endless:
    """Everybody who can host an RM."""
    return accounts.choices.people(_can_host())


def _can_host_this(programme: ShadowingProgramme) -> sa.ColumnElement[bool]:
    """The condition that a User can host this RM: the mentor, whoever has the role; nobody who left or is the RM."""
    mentor = sa.and_(User.id == programme.mentor_id, accounts.people.here())
    return sa.and_(sa.or_(_can_host(), mentor), User.id != programme.user_id)


def hosts(programme: ShadowingProgramme) -> Endless:
    """Who can host this RM, the mentor first."""
    return accounts.choices.people(_can_host_this(programme), first=programme.mentor_id)


def host(programme: ShadowingProgramme, id: int) -> User | None:
    """Whoever has this id, where they can host this RM."""
    return db.session.scalar(sa.select(User).where(User.id == id, _can_host_this(programme)))


def any_mentor(user: User) -> int | None:
    """The id of somebody who could guide this person; None where there is nobody."""
    return db.session.scalar(
        sa.select(User.id)
        .where(_can_host(), User.id != user.id)
        .order_by(by_name(User.name), User.id)
        .limit(1)
    )


def lock(user: User) -> None:
    """Whoever else wants to open something for this person waits until the commit."""
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())


def locked(programme: ShadowingProgramme) -> ShadowingProgramme:
    """The same programme as it stands now; others who want it wait until the commit."""
    wanted = sa.select(ShadowingProgramme).where(ShadowingProgramme.id == programme.id)
    fresh: ShadowingProgramme = (
        db.session.scalars(
            wanted.with_for_update(of=ShadowingProgramme).execution_options(populate_existing=True)
        )
        .unique()
        .one()
    )
    return fresh


def guided_by(user: User) -> Sequence[ShadowingProgramme]:
    """The programmes under way of which this person is the mentor."""
    wanted = sa.select(ShadowingProgramme).where(
        ShadowingProgramme.mentor_id == user.id, ShadowingProgramme.status == ProgrammeStatus.ACTIVE
    )
    return db.session.scalars(wanted.options(joinedload(ShadowingProgramme.user))).unique().all()


def waiting_for(user: User) -> Sequence[ShadowingSession]:
    """The sessions that wait for this person's confirmation."""
    wanted = (
        sa.select(ShadowingSession)
        .where(ShadowingSession.host_id == user.id, ShadowingSession.status == SessionStatus.LOGGED)
        .options(*_WITH_PROGRAMME)
    )
    return db.session.scalars(wanted).unique().all()


def region(programme: ShadowingProgramme) -> str:
    """Where this RM's working days are counted."""
    employee = programme.user.employee
    return employee.unit.holiday_region if employee else "DE"


def confirm_by(programme: ShadowingProgramme) -> date:
    """Until when a session written up today is to be confirmed."""
    return deadlines.CONFIRM_SESSION.after(clock.today(), region(programme))


def working_day(day: date, region: str) -> date:
    """This day or the next one on which people work there."""
    return calendar.next_working_day(day, region)


def due_days(employee: Employee, starts_on: date) -> dict[Rung, date]:
    """Until when each rung is to be climbed: so many days after the first one, on working days."""
    region = employee.unit.holiday_region
    return {rung: working_day(rule.after(starts_on), region) for rung, rule in CLIMB.items()}


def _rungs(user: User) -> list[onboarding.Relative]:
    programme = of(user)
    if programme is None or programme.status is not ProgrammeStatus.ACTIVE:
        return []
    done = climbed(programme)
    return [
        onboarding.Relative(("rung", rung.id), rung.rung.label, rung.due_on)
        for rung in programme.rungs
        if rung.rung not in done
    ]


registry.DATES.add("shadowing", _rungs)


@dataclass(frozen=True)
class RungProgress:
    """A rung of one programme: how many sessions are confirmed, how many it needs."""

    rung: Rung
    done: int
    needed: int
    due_on: date


@dataclass(frozen=True)
class Progress:
    """How far somebody is: each rung of their ladder, and how many sessions wait for their host."""

    rungs: list[RungProgress]
    waiting: int  # sessions that wait for their host

    @property
    def present(self) -> RungProgress | None:
        """The first rung that is not climbed; None where all are."""
        return next((each for each in self.rungs if each.done < each.needed), None)

    @property
    def open(self) -> list[Rung]:
        """The rungs on which a session may be written up: the present one and those below."""
        found = []
        for each in self.rungs:
            found.append(each.rung)
            if each is self.present:
                break
        return found


def progress(programme: ShadowingProgramme) -> Progress:
    """Returns how far a programme is: the confirmed sessions of each rung."""
    confirmed = [s.rung for s in programme.sessions if s.status is SessionStatus.CONFIRMED]
    return Progress(
        rungs=[_step(rung, confirmed.count(rung.rung)) for rung in programme.rungs],
        waiting=sum(s.status is SessionStatus.LOGGED for s in programme.sessions),
    )


def ladder_of(user: User) -> tuple[ShadowingProgramme, Progress] | None:
    """The programme of this person and how far it is, without its sessions. One query."""
    its = sa.select(sa.func.count()).where(ShadowingSession.programme_id == ShadowingProgramme.id)
    confirmed = its.where(
        ShadowingSession.rung == ProgrammeRung.rung, ShadowingSession.status == SessionStatus.CONFIRMED
    )
    waiting = its.where(ShadowingSession.status == SessionStatus.LOGGED)
    rows = db.session.execute(
        sa.select(
            ShadowingProgramme,
            ProgrammeRung,
            confirmed.correlate(ShadowingProgramme, ProgrammeRung).scalar_subquery(),
            waiting.correlate(ShadowingProgramme).scalar_subquery(),
        )
        .outerjoin(ProgrammeRung, ProgrammeRung.programme_id == ShadowingProgramme.id)
        .where(ShadowingProgramme.user_id == user.id)
        .order_by(ProgrammeRung.position)
    ).all()
    if not rows:
        return None
    steps = [_step(rung, done) for _programme, rung, done, _waiting in rows if rung is not None]
    return rows[0][0], Progress(steps, rows[0][3])


def _step(rung: ProgrammeRung, confirmed: int) -> RungProgress:
    return RungProgress(rung.rung, min(confirmed, rung.needed), rung.needed, rung.due_on)


def climbed(programme: ShadowingProgramme) -> set[Rung]:
    """The rungs on which nothing is missing any more."""
    return {step.rung for step in progress(programme).rungs if step.done >= step.needed}
