"""Who works here, as what, under whom, with which roles; and what everybody chooses for themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError

from rmhr.accounts import passwords, policies, queries
from rmhr.accounts.operations.access import send_invitation, void_links, void_links_to
from rmhr.accounts.operations.employment import (
    Successors,
    begin,
    change_place,
    record_leaving,
    reschedule,
    take_leaving_back,
)
from rmhr.accounts.workflow import why_not_together
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.folding import same_address
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import bounces
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.models.accounts import (
    Employee,
    RmLevel,
    RmType,
    Role,
    RoleRequest,
    Theme,
    Unit,
    User,
    UserRole,
)
from rmhr.models.applications import Application


@dataclass(frozen=True)
class _Reached:
    """Somebody at the address that they gave as an applicant."""

    name: str
    email: str
    language: str


@operation(allow=policies.MANAGE, done=_("Employed"))
def employ(
    actor: Actor,
    application: Application,
    *,
    name: str,
    email: str,
    language: str,
    unit: Unit,
    rm_type: RmType,
    level: RmLevel,
    supervisor: User | None,
    started_on: date,
    job_title: str,
) -> User:
    """Make the applicant a colleague: account, RM's role, employment; mail the invitation to that address.

    One signs in with it, too; where an account has it already (a colleague of former times), with a new one.
    """
    email = same_address(email)
    user = _add_user(
        name, email if queries.people.by_email(email) is None else _free_address(name), language, {Role.RM}
    )
    db.session.add(
        Employee(
            user=user,
            unit=unit,
            supervisor_id=supervisor.id if supervisor else None,
            job_title=job_title,
            rm_type=rm_type,
            level=level,
            started_on=started_on,
            application_id=application.id,
        )
    )
    db.session.flush()
    send_invitation(SYSTEM, user, to=_Reached(user.name, email, user.language))
    begin(actor, _employment(user))
    return user


@operation(allow=policies.MANAGE, done=_("Colleague invited"))
def invite(
    actor: Actor,
    _subject: None,
    *,
    name: str,
    email: str,
    language: str,
    roles: Collection[Role],
    unit_id: int,
    job_title: str,
    supervisor_id: int | None,
    rm_type: RmType | None,
    level: RmLevel | None,
    started_on: date,
) -> User:
    """Add somebody who did not come by an application, and mail the invitation.

    Roles that need a second person are asked for. Raises NotPossible where somebody has the address already, for
    roles that nobody has together, and where there is no second person.
    """
    if Role.ADMIN in roles:
        _require_administrator(actor)
    _refuse_together(roles)
    by_two = _by_two(actor, roles)
    user = _add_user(name, email, language, set(roles) - by_two)
    employee = Employee(user=user, unit_id=unit_id, started_on=started_on, job_title=job_title)
    employee.supervisor_id, employee.rm_type, employee.level = supervisor_id, rm_type, level
    db.session.add(employee)
    db.session.flush()
    # Only an administrator gets here with an administrator's account, so the rule of the invitation is met.
    send_invitation(actor, user)
    for role in sorted(by_two):
        ask_for_role(actor, user, role=role)
    begin(actor, employee)
    return user


@operation(allow=the_system, done=_("Administrator added"))
def add_administrator(_actor: Actor, _subject: None, *, name: str, email: str, language: str) -> User:
    """The first account of an installation: an administrator, who adds units and people."""
    return _add_user(name, email, language, {Role.ADMIN})


@operation(allow=policies.EDIT, done=_("Changes saved"))
def change(
    actor: Actor,
    user: User,
    /,
    *,
    name: str,
    email: str,
    language: str,
    roles: Collection[Role],
    unit_id: int,
    started_on: date,
    valid_from: date | None = None,
    successors: Successors | None = None,
    **place: Any,
) -> None:
    """Correct who somebody is and what they may do; where they work and as what (`place`) from a day on.

    Roles that need a second person are asked for. Raises NotPossible for an address that somebody else has, for one's
    own name, for a further role of one's own, and for roles that nobody has together.
    """
    email = same_address(email)
    if (other := queries.people.by_email(email)) is not None and other.id != user.id:
        raise NotPossible(gettext("Somebody has this e-mail address already."))
    before, user.email, user.language = user.email, email, language
    if email != before:
        bounces.taken(before)  # whatever was the matter with the old address is over
        void_links_to(actor, user, before)
    _refuse_together(roles)
    for role in sorted(user.roles - set(roles)):
        _take(actor, user, role)
    for role in sorted(set(roles) - user.roles):
        _give(actor, user, role)
    if name != user.name:
        rename(actor, user, name=name)
    # Whoever has the form open has seen other roles than there are now.
    user.updated_at = clock.now()
    if user.employee is None:
        db.session.add(Employee(user=user, unit_id=unit_id, started_on=started_on, **place))
        db.session.flush()
        begin(actor, _employment(user))
        return
    reschedule(actor, user, started_on=started_on)
    change_place(actor, user, on=valid_from, successors=successors, unit_id=unit_id, **place)


@operation(allow=policies.EDIT, done=_("Name changed"))
def rename(actor: Actor, user: User, *, name: str) -> None:
    """Another name, for somebody else; the history tells both. What was signed keeps the name of its day.

    Raises NotPossible for a name of one's own.
    """
    if isinstance(actor, User) and actor.id == user.id:
        raise NotPossible(gettext("Nobody changes their own name. Ask somebody else in HR."))
    audit.mention(user, f"{user.name} → {name}")
    user.name = name


@operation(allow=policies.EDIT, done=_("Role given"))
def grant(actor: Actor, user: User, *, role: Role) -> None:
    """Give a role, or ask a second person for one that needs two; having it already is fine.

    An administrator's only by an administrator. Raises NotPossible for oneself, and for roles that nobody has together.
    """
    if role not in user.roles:
        _give(actor, user, role)


@operation(allow=policies.EDIT, done=_("Role asked for; a second person has to agree"))
def ask_for_role(actor: User, user: User, *, role: Role) -> RoleRequest:
    """Ask for a role that two people give together; asking twice is fine.

    Raises NotPossible where nobody else could agree.
    """
    if (waiting := queries.roles.waiting(user, role)) is not None:
        return waiting
    if not queries.roles.second_people(actor, user):
        raise NotPossible(
            gettext(
                "“%(role)s” needs two people to give it, and nobody else could agree. Invite somebody in "
                "HR first.",
                role=role.label,
            )
        )
    request = RoleRequest(user_id=user.id, role=role, asked_by_id=actor.id)
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError as error:
        raise NotPossible(gettext("Somebody has just asked for this role.")) from error
    return request


@operation(allow=policies.EDIT, done=_("Role taken away"))
def revoke(actor: Actor, user: User, *, role: Role) -> None:
    """Take a role away. Administrators cannot take away their own, and one of them always stays."""
    if role in user.roles:
        _take(actor, user, role)


@operation(allow=policies.EDIT, done=_("Leaving recorded"))
def leave(actor: Actor, user: User, *, on: date, successors: Successors | None = None) -> None:
    """Record the last day. After it the person cannot sign in, and what hangs on them goes to those named.

    Raises NotPossible for oneself, for the last administrator, and for a day before the first.
    """
    if isinstance(actor, User) and actor.id == user.id:
        raise NotPossible(gettext("Somebody else has to record that you leave."))
    if user.has(Role.ADMIN):
        _keep_an_administrator(user)
    if user.employee is not None and on < user.employee.started_on:
        raise NotPossible(gettext("The last day cannot be before the first one."))
    record_leaving(actor, user, on, successors)


@operation(allow=policies.EDIT, done=_("Leaving taken back"))
def stay(actor: Actor, user: User) -> None:
    """The person stays after all, or is back."""
    take_leaving_back(actor, user)


@operation(allow=policies.EDIT, done=_("Employment called off: will not start"))
def call_off(_actor: Actor, user: User) -> None:
    """Close the account of somebody who was employed and will not start: at once, with every session and invitation.

    The employment ends on the day on which it would have begun, so the position counts as free.
    """
    user.left_on = clock.today() - timedelta(days=1)
    user.session_key = passwords.token()
    void_links(user)
    if user.employee is not None:
        user.employee.left_on = user.employee.started_on


@operation(allow=policies.OWN, done=_("Saved"))
def prefer(
    _actor: Actor,
    user: User,
    *,
    language: str | None = None,
    theme: Theme | None = None,
) -> None:
    """What everybody chooses for themselves. What is not given stays."""
    user.language = language or user.language
    user.theme = theme or user.theme


def _add_user(name: str, email: str, language: str, roles: set[Role]) -> User:
    user = User(
        name=name,
        email=same_address(email),
        language=language,
        session_key=passwords.token(),
        role_rows=[UserRole(role=role) for role in sorted(roles)],
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise NotPossible(gettext("Somebody has this e-mail address already.")) from error
    return user


def _employment(user: User) -> Employee:
    db.session.refresh(user, ["employee"])
    if user.employee is None:
        raise LookupError(f"{user!r} has no employment")
    return user.employee


def _free_address(name: str) -> str:
    domain = str(current_app.config["MAIL_FROM"]).partition("@")[2]
    stem = queries.people.address_of(name)
    number = 1
    while queries.people.by_email(f"{stem}{number if number > 1 else ''}@{domain}") is not None:
        number += 1
    return f"{stem}{number if number > 1 else ''}@{domain}"


def _by_two(actor: Actor, roles: Collection[Role]) -> set[Role]:
    """Which of these roles this actor cannot give alone. What the product itself does, somebody has decided."""
    return set() if actor is SYSTEM else set(roles) & policies.BY_TWO


def _refuse_together(roles: Collection[Role]) -> None:
    if why_not := why_not_together(roles):
        raise NotPossible(str(why_not))


def _give(actor: Actor, user: User, role: Role) -> None:
    if role is Role.ADMIN:
        _require_administrator(actor)
    if isinstance(actor, User) and actor.id == user.id:
        raise NotPossible(
            gettext("Nobody gives themselves a role. Ask somebody else in HR or an administrator.")
        )
    _refuse_together({*user.roles, role})
    if _by_two(actor, {role}):
        ask_for_role(actor, user, role=role)
        return
    user.role_rows.append(UserRole(role=role))


def _take(actor: Actor, user: User, role: Role) -> None:
    if role is Role.ADMIN:
        _require_administrator(actor)
        if isinstance(actor, User) and actor.id == user.id:
            raise NotPossible(
                gettext("You cannot take away your own role as administrator. Ask another one.")
            )
        _keep_an_administrator(user)
    user.role_rows.remove(next(row for row in user.role_rows if row.role is role))


def _require_administrator(actor: Actor) -> None:
    if actor is not SYSTEM and not policies.ADMIN(actor):
        raise NotAllowed(gettext("Only an administrator can make or change an administrator."))


def _keep_an_administrator(leaving: User) -> None:
    """Raise NotPossible if nobody would be left. The rows are locked: two could go at the same moment."""
    others = db.session.scalars(
        sa.select(UserRole.user_id)
        .join(User, User.id == UserRole.user_id)
        .where(
            UserRole.role == Role.ADMIN,
            sa.or_(User.left_on.is_(None), User.left_on > clock.today()),
            User.id != leaving.id,
        )
        .with_for_update(of=UserRole)
    ).all()
    if not others:
        raise NotPossible(gettext("There must be an administrator. Make somebody else one first."))
