"""Who is away when, and who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, joinedload

from rmhr.accounts import queries as accounts
from rmhr.core.db import db
from rmhr.models.accounts import Employee, User
from rmhr.models.reminders import Absence

#: So many of those that are over are still listed.
MOST_PAST = 10


def away(user: User, day: date) -> Absence | None:
    """The absence of this person on that day; None where they are there. One query."""
    return db.session.scalar(_with_deputy().where(Absence.user_id == user.id, *_on(day)))


def stands_in_for(user: User, day: date) -> Sequence[Absence]:
    """The absences in which this person is the deputy on that day, the first to end first. One query."""
    query = (
        sa.select(Absence).where(Absence.deputy_id == user.id, *_on(day)).options(joinedload(Absence.user))
    )
    return db.session.scalars(query.order_by(Absence.ends_on, Absence.id)).unique().all()


def coming(user: User, day: date) -> tuple[list[Absence], list[Absence]]:
    """(this person's absences on that day and later, those on it in which they are the deputy). One query.

    The first begin first, the others end first.
    """
    own = sa.and_(Absence.user_id == user.id, Absence.ends_on >= day)
    others = sa.and_(Absence.deputy_id == user.id, *_on(day))
    query = _with_deputy().options(joinedload(Absence.user)).where(sa.or_(own, others))
    found = db.session.scalars(query).unique().all()
    return (
        sorted((it for it in found if it.user_id == user.id), key=lambda it: it.starts_on),
        sorted((it for it in found if it.user_id != user.id), key=lambda it: (it.ends_on, it.id)),
    )


def around(user: User, day: date) -> sa.ColumnElement[bool]:
    """The condition on absences that one is of somebody for whom this person stands in on that day, or whom they lead.

    Of those whom they lead, while somebody stands in who is still there.
    """
    deputy = aliased(User)
    there = sa.exists().where(
        deputy.id == Absence.deputy_id, sa.or_(deputy.left_on.is_(None), deputy.left_on >= day)
    )
    return sa.and_(sa.or_(Absence.deputy_id == user.id, led_by(user)), there, *_on(day))


def led_by(user: User) -> sa.ColumnElement[bool]:
    """The condition on absences that this person leads whoever is away."""
    return Absence.user_id.in_(sa.select(Employee.user_id).where(Employee.supervisor_id == user.id))


def absences(user: User, today: date) -> tuple[Sequence[Absence], Sequence[Absence]]:
    """(now and coming, the soonest first; past, the latest first) of this person. Two queries."""
    mine = _with_deputy().where(Absence.user_id == user.id)
    coming = mine.where(Absence.ends_on >= today).order_by(Absence.starts_on)
    past = mine.where(Absence.ends_on < today).order_by(Absence.starts_on.desc()).limit(MOST_PAST)
    return db.session.scalars(coming).unique().all(), db.session.scalars(past).unique().all()


def get_absence(viewer: User, id: int) -> Absence:
    """One absence of somebody whom the viewer may look at, or 404."""
    found = db.session.get(Absence, id) or abort(404)
    accounts.people.get(viewer, found.user_id)
    return found


def overlapping(user: User, starts_on: date, ends_on: date) -> Absence | None:
    """An absence of this person that has a day in common with these."""
    return db.session.scalar(
        sa.select(Absence)
        .where(Absence.user_id == user.id, Absence.starts_on <= ends_on, Absence.ends_on >= starts_on)
        .order_by(Absence.starts_on)
        .limit(1)
    )


def deputies_away(absences: Sequence[Absence]) -> dict[int, Absence]:
    """By absence: when its deputy is away as well, on at least one of its days. One query."""
    covered = [each for each in absences if each.deputy_id]
    if not covered:
        return {}
    query = sa.select(Absence).where(Absence.user_id.in_({each.deputy_id for each in covered}))
    found: dict[int, Absence] = {}
    for other in db.session.scalars(query.order_by(Absence.starts_on)):
        for each in covered:
            same_days = other.starts_on <= each.ends_on and other.ends_on >= each.starts_on
            if other.user_id == each.deputy_id and same_days:
                found.setdefault(each.id, other)
    return found


def locked(user: User) -> None:
    """Lock this person's row until the commit: changes of absences and of what is put off wait for each other."""
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())


def _with_deputy() -> sa.Select[Absence]:
    return sa.select(Absence).options(joinedload(Absence.deputy))


def _on(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (Absence.starts_on <= day, Absence.ends_on >= day)
