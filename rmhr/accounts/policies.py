"""Who may do what with people and accounts; and the rules about roles that all stages use."""

from __future__ import annotations

from dataclasses import replace

from rmhr.core.policy import AccessRule, access_rule, has_role, signed_in, the_system
from rmhr.models.accounts import Role, RoleRequest, User
from rmhr.models.system import Message
from rmhr.models.workspace import SavedView

#: Roles that one person alone gives nobody: who has them could undo every other lock.
BY_TWO = frozenset({Role.ADMIN, Role.COMPLIANCE})
#: What nobody has both of: compliance looks after what RMs do, and is no part of it (MaRisk AT 4.4.2, MaComp BT 1.1.1).
APART = frozenset({Role.RM, Role.COMPLIANCE})

ADMIN = has_role(Role.ADMIN)
HR = has_role(Role.HR)
COMPLIANCE = has_role(Role.COMPLIANCE)
SUPERVISOR = has_role(Role.SUPERVISOR)
RM = has_role(Role.RM)
#: People who work in the bank, whatever they do.
STAFF = signed_in
MANAGE = has_role(Role.ADMIN, Role.HR) | the_system


@access_rule
def oneself(user: object, person: User | None) -> bool:
    """The person themselves."""
    return isinstance(user, User) and person is not None and user.id == person.id


@access_rule
def supervisor_of_the_person(user: object, person: User | None) -> bool:
    """Whoever the person reports to now."""
    employee = getattr(person, "employee", None)
    return isinstance(user, User) and employee is not None and employee.supervisor_id == user.id


@access_rule
def not_an_administrator(_user: object, person: User | None) -> bool:
    """The account is not an administrator's: whoever could change its address could become one."""
    return not (isinstance(person, User) and person.has(Role.ADMIN))


@access_rule
def neither_asked_nor_meant(user: object, request: RoleRequest | None) -> bool:
    """Somebody else than whoever asked for the role and whoever shall have it."""
    return (
        isinstance(user, User)
        and request is not None
        and user.id not in (request.asked_by_id, request.user_id)
    )


@access_rule
def asked_for_the_role(user: object, request: RoleRequest | None) -> bool:
    """Whoever asked for the role."""
    return isinstance(user, User) and request is not None and user.id == request.asked_by_id


@access_rule
def addressee(user: object, message: Message | None) -> bool:
    """Whoever it was written to."""
    return isinstance(user, User) and message is not None and message.user_id == user.id


@access_rule
def owner_of_the_view(user: object, view: SavedView | None) -> bool:
    """Whoever saved it."""
    return isinstance(user, User) and view is not None and view.user_id == user.id


OWN: AccessRule = oneself
OWN_VIEW: AccessRule = owner_of_the_view
OWN_MESSAGE: AccessRule = addressee
#: Who may look at everybody.
SEE_ALL = has_role(Role.HR, Role.ADMIN, Role.COMPLIANCE)
#: Who has a list of people: everybody, or a team.
LIST_PEOPLE = SEE_ALL | SUPERVISOR
INVITE = ADMIN | HR
#: Who is the second person for a role that one alone cannot give.
SECOND_PERSON = SEE_ALL & neither_asked_nor_meant
WITHDRAW_ROLE: AccessRule = asked_for_the_role
EDIT = ADMIN | (HR & not_an_administrator) | the_system
UNITS = ADMIN | HR
#: Recording what happens to somebody's employment, asked of the event.
EDIT_EVENT = replace(EDIT, test=lambda user, event: EDIT(user, event.user))
#: Who records that somebody is away for long.
RECORD_ABSENCE: AccessRule = oneself | supervisor_of_the_person | MANAGE
#: On the day the product itself does it, and whoever records it for that day or one before.
TAKE_EFFECT: AccessRule = MANAGE
SEE_PERSON = oneself | supervisor_of_the_person | SEE_ALL
