"""Who may do what with people and accounts; and the rules about roles that all stages use."""

from __future__ import annotations

from typing import Any

from rmhr.core.policy import Rule, has_role, rule, signed_in, the_system
from rmhr.models.accounts import Role, User

ADMIN = has_role(Role.ADMIN)
HR = has_role(Role.HR)
COMPLIANCE = has_role(Role.COMPLIANCE)
INTERVIEWER = has_role(Role.INTERVIEWER)
SUPERVISOR = has_role(Role.SUPERVISOR)
MENTOR = has_role(Role.MENTOR)
RM = has_role(Role.RM)
#: People who work in the bank, whatever they do.
STAFF = signed_in
MANAGE = has_role(Role.ADMIN, Role.HR) | the_system


@rule
def oneself(user: Any, person: Any) -> bool:
    """The person themselves."""
    return isinstance(user, User) and person is not None and user.id == person.id


@rule
def supervisor_of_the_person(user: Any, person: Any) -> bool:
    """Whoever the person reports to now."""
    employee = getattr(person, "employee", None)
    return isinstance(user, User) and employee is not None and employee.supervisor_id == user.id


@rule
def not_an_administrator(_user: Any, person: Any) -> bool:
    """The account is not an administrator's: whoever could change its address could become one."""
    return not (isinstance(person, User) and person.has(Role.ADMIN))


@rule
def addressee(user: Any, message: Any) -> bool:
    """Whoever it was written to."""
    return isinstance(user, User) and message is not None and message.user_id == user.id


@rule
def owner_of_the_view(user: Any, view: Any) -> bool:
    """Whoever saved it."""
    return isinstance(user, User) and view is not None and view.user_id == user.id


OWN: Rule = oneself
OWN_VIEW: Rule = owner_of_the_view
OWN_MESSAGE: Rule = addressee
#: Who may look at everybody.
SEE_ALL = has_role(Role.HR, Role.ADMIN, Role.COMPLIANCE)
#: Who has a list of people: everybody, or a team.
LIST_PEOPLE = SEE_ALL | SUPERVISOR
INVITE = ADMIN | HR
EDIT = ADMIN | (HR & not_an_administrator) | the_system
UNITS = ADMIN | HR
#: Recording what happens to somebody's employment, asked of the event.
EDIT_EVENT = Rule(EDIT.name, lambda user, event: EDIT(user, event.user))
#: Who records that somebody is away for long.
RECORD_ABSENCE: Rule = oneself | supervisor_of_the_person | MANAGE
#: On the day the product itself does it, and whoever records it for that day or one before.
TAKE_EFFECT: Rule = MANAGE
SEE_PERSON = oneself | supervisor_of_the_person | SEE_ALL
