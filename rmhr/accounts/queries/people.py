"""Who there is: people by role, a supervisor's team, whom one may look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from rmhr.accounts import policies
from rmhr.core.db import Rows, db, this_day
from rmhr.core.folding import by_name, same_address
from rmhr.core.letters import normal
from rmhr.core.patterns import Pattern
from rmhr.models.accounts import AccessLink, Employee, LinkPurpose, Role, Unit, User, UserRole


def here() -> sa.ColumnElement[bool]:
    """The condition that a User still works here."""
    return sa.or_(User.left_on.is_(None), User.left_on >= this_day())


def with_role(*roles: Role) -> Sequence[User]:
    """Everybody with one of these roles who works here, by name."""
    return db.session.scalars(
        sa.select(User)
        .where(has_role(*roles))
        .options(selectinload(User.role_rows))
        .order_by(by_name(User.name), User.id)
    ).all()


def has_role(*roles: Role) -> sa.ColumnElement[bool]:
    """The condition that somebody with one of these roles works here."""
    having = sa.select(UserRole.user_id).where(UserRole.role.in_(roles))
    return sa.and_(User.id.in_(having), here())


def visible_to(viewer: User) -> sa.Select[Any]:
    """Whom this person may look at: oneself, one's team; HR, administrators and compliance see all."""
    query = sa.select(User).outerjoin(Employee, Employee.user_id == User.id)
    if viewer.has(Role.HR, Role.ADMIN, Role.COMPLIANCE):
        return query
    return query.where(sa.or_(User.id == viewer.id, Employee.supervisor_id == viewer.id))


def get(viewer: User, id: int) -> User:
    """One person with employment and unit, or 404 where the viewer may not know."""
    found: User | None = db.session.scalars(_one(viewer, id)).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def profile(viewer: User, id: int) -> tuple[User, bool, AccessLink | None]:
    """The same, whether anybody reports to them, and the last invitation while it is not followed. One query."""
    leads = sa.select(Employee.id).where(Employee.supervisor_id == id).exists()
    newest = sa.select(sa.func.max(AccessLink.id)).where(
        AccessLink.user_id == id, AccessLink.purpose == LinkPurpose.INVITATION
    )
    invited = sa.and_(User.password_hash == "", AccessLink.id == newest.scalar_subquery())
    query = _one(viewer, id).outerjoin(AccessLink, invited).add_columns(leads, AccessLink)
    found = db.session.execute(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found[0], bool(found[1]), found[2]


def _one(viewer: User, id: int) -> sa.Select[Any]:
    return (
        visible_to(viewer)
        .where(User.id == id)
        .options(
            joinedload(User.employee).joinedload(Employee.unit),
            joinedload(User.employee).joinedload(Employee.supervisor).joinedload(User.employee),
            joinedload(User.role_rows),
        )
    )


def by_id(id: int) -> User | None:
    """A person by number, for operations that have checked already who is asking."""
    return db.session.get(User, id)


def by_email(email: str, locked: bool = False) -> User | None:
    """The person with this address, whatever its capitals. `locked`: others have to wait for the row."""
    query = sa.select(User).where(User.email == same_address(email))
    return db.session.scalar(query.with_for_update(of=User) if locked else query)


def employee_for(application_id: int) -> Employee | None:
    """The employment that came of an application."""
    return db.session.scalar(sa.select(Employee).where(Employee.application_id == application_id))


def team_of(supervisor: User) -> Sequence[User]:
    """The people who report to this person now, by name."""
    return (
        db.session.scalars(
            sa.select(User)
            .join(Employee, Employee.user_id == User.id)
            .where(Employee.supervisor_id == supervisor.id, here())
            .options(joinedload(User.employee).joinedload(Employee.unit))
            .order_by(by_name(User.name))
        )
        .unique()
        .all()
    )


def team_ids(supervisor: User) -> sa.Select[Any]:
    """The ids of a supervisor's team, as a subquery for other stages' conditions."""
    return team_led_by(supervisor.id)


def team_led_by(id: Any) -> sa.Select[Any]:
    """The same for whoever has this id: a number, or the parameter of a statement that is kept."""
    return sa.select(Employee.user_id).where(Employee.supervisor_id == id)


def first(role: Role) -> User:
    """The longest-serving with this role: who stands in where nobody is named. Raises LookupError."""
    found = _longest_serving(role)
    if found is None:
        raise LookupError(f"nobody has the role {role.value}")
    return found


def _longest_serving(role: Role) -> User | None:
    return db.session.scalar(sa.select(User).where(has_role(role)).order_by(User.id).limit(1))


def longest_serving_hr() -> sa.ScalarSelect[int]:
    """The id of whoever stands in where nobody is named, as a subquery for what is owed."""
    hr = aliased(User)
    there = sa.or_(hr.left_on.is_(None), hr.left_on >= this_day())
    return (
        sa.select(sa.func.min(UserRole.user_id))
        .join(hr, hr.id == UserRole.user_id)
        .where(UserRole.role == Role.HR, there)
        .scalar_subquery()
    )


def owed_by_first_here(things: Rows, owners: Sequence[Any], *only: sa.ColumnElement[bool]) -> Rows:
    """The same SELECT with the column owner_id: the first of `owners` (ids) who works here, else the first of HR.

    It is a SELECT for each of them, so that what one person owes is found by the index over that owner. `only` narrows
    it by what takes longer to find out than whose it is.
    """
    parts, gone = [], list[sa.ColumnElement[bool]]()
    for owner in owners:
        person, leaver = aliased(User), aliased(User)
        still_here = sa.or_(person.left_on.is_(None), person.left_on >= this_day())
        is_here = sa.select(person.id).where(person.id == owner, still_here).exists()
        parts.append(things.add_columns(owner.label("owner_id")).where(*gone, is_here, *only))
        # Those who left are few: what was theirs is found by the index over the owner, too.
        has_left = owner.in_(sa.select(leaver.id).where(leaver.left_on < this_day()))
        gone.append(has_left if _is_always_set(owner) else sa.or_(owner.is_(None), has_left))
    parts.append(things.add_columns(longest_serving_hr().label("owner_id")).where(*gone, *only))
    return sa.select(sa.union_all(*parts).subquery())


def _is_always_set(owner: Any) -> bool:
    """Whether this id is a column that is never empty."""
    return getattr(owner.expression, "nullable", True) is False


def may_see(viewer: Any, person: User) -> bool:
    """Whether the viewer may open this person's page."""
    return policies.SEE_PERSON(viewer, person)


def led_by(user: User) -> int:
    """How many people report to this person now."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(Employee.id))
            .join(User, User.id == Employee.user_id)
            .where(Employee.supervisor_id == user.id, here())
        )
        or 0
    )


def supervisors_above(user_id: int) -> list[int]:
    """The ids of the supervisors above this person, from the nearest to the top."""
    of = sa.select(Employee.user_id, Employee.supervisor_id).where(Employee.user_id == user_id)
    chain = of.cte(recursive=True)
    up = sa.select(Employee.user_id, Employee.supervisor_id)
    chain = chain.union(up.where(Employee.user_id == chain.c.supervisor_id))
    return [each for each in db.session.scalars(sa.select(chain.c.supervisor_id)) if each is not None]


def ids_below(user: User) -> sa.Select[Any]:
    """The ids of everybody who reports to this person, and to those, and so on: a subquery for conditions."""
    chain = sa.select(Employee.user_id).where(Employee.supervisor_id == user.id).cte("below", recursive=True)
    chain = chain.union(sa.select(Employee.user_id).where(Employee.supervisor_id == chain.c.user_id))
    return sa.select(chain.c.user_id)


def hr_for(user: User) -> User | None:
    """Whom in HR this person asks: whoever is named for the unit or one above it, else the longest-serving."""
    unit = user.employee.unit if user.employee else None
    while unit is not None:
        if unit.hr is not None and unit.hr.is_active:
            return unit.hr
        unit = unit.parent
    return _longest_serving(Role.HR)


#: Letters that do not simply lose their accent.
LETTERS: Any = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "ı": "i", "ł": "l"})
WRITTEN = Pattern(r"[a-z0-9-]+")


def address_of(name: str) -> str:
    """ "murat.yilmaz" for Murat Yılmaz: what may stand before an @."""
    text = name.casefold().translate(LETTERS)
    ascii_only = normal(text, "NFKD").encode("ascii", "ignore").decode()
    return ".".join(WRITTEN.findall(ascii_only)) or "colleague"


# The list of people.


def people(viewer: User) -> sa.Select[tuple[User]]:
    """Whom the viewer may look at, leavers among them, with employment and unit to order and search by."""
    return (
        visible_to(viewer)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .options(contains_eager(User.employee).contains_eager(Employee.unit), selectinload(User.role_rows))
    )


def team(viewer: User) -> sa.Select[tuple[User]]:
    """The same of those who report to the viewer."""
    return people(viewer).where(Employee.supervisor_id == viewer.id)


def team_here(viewer: User) -> sa.Select[tuple[User]]:
    """The same without those who have left."""
    return team(viewer).where(here())


def having(role: Role) -> sa.ColumnElement[bool]:
    """The condition that a User has this role."""
    return User.id.in_(sa.select(UserRole.user_id).where(UserRole.role == role))


def never_signed_in() -> sa.ColumnElement[bool]:
    """The condition that a User works here and has not followed the invitation yet."""
    return sa.and_(here(), User.password_hash == "")
