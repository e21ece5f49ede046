"""Who may do what with programmes and sessions. Nobody signs off themselves."""

from __future__ import annotations

from rmhr.core.policy import access_rule, has_role
from rmhr.models.accounts import Role, User
from rmhr.models.shadowing import ShadowingProgramme, ShadowingSession


@access_rule
def host_of_the_session(user: object, session: ShadowingSession) -> bool:
    """Whoever hosted it, if that is somebody else than the RM."""
    return isinstance(user, User) and session.host_id == user.id != session.programme.user_id


@access_rule
def rm_of_the_session(user: object, session: ShadowingSession) -> bool:
    """Whoever wrote it up."""
    return isinstance(user, User) and session.programme.user_id == user.id


@access_rule
def rm_of_the_programme(user: object, programme: ShadowingProgramme) -> bool:
    """Whose programme it is."""
    return isinstance(user, User) and programme.user_id == user.id


@access_rule
def mentor_of_the_programme(user: object, programme: ShadowingProgramme) -> bool:
    """Whoever guides the RM."""
    return isinstance(user, User) and programme.mentor_id == user.id != programme.user_id


@access_rule
def supervisor_of_the_rm(user: object, programme: ShadowingProgramme) -> bool:
    """Whoever the RM reports to now."""
    employee = programme.user.employee
    return isinstance(user, User) and employee is not None and employee.supervisor_id == user.id


SEE = has_role(Role.RM, Role.MENTOR, Role.SUPERVISOR, Role.HR, Role.COMPLIANCE)
CONFIRM = host_of_the_session
CORRECT = rm_of_the_session
LOG = rm_of_the_programme
SIGN_OFF = mentor_of_the_programme | supervisor_of_the_rm
