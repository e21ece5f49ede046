"""Who may do what with programmes and sessions. Nobody signs off themselves."""

from __future__ import annotations

from typing import Any

from rmhr.core.policy import access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.shadowing import ShadowingProgramme, ShadowingSession


def _other(user: Any, programme: Any) -> bool:
    """Whether this is a colleague other than the RM."""
    return isinstance(user, User) and user.id != programme.user_id


@access_rule
def host_of_the_session(user: Any, session: Any) -> bool:
    """Whoever hosted it, if that is somebody else than the RM."""
    return _other(user, session.programme) and session.host_id == user.id


@access_rule
def mentor_or_supervisor_for_a_host_who_left(user: Any, session: Any) -> bool:
    """Whoever guides or leads the RM, where the host does not work here any more."""
    return not session.host.is_active and guides(user, session)


@access_rule
def guides(user: Any, thing: Any) -> bool:
    """Mentor or supervisor of the RM; of a programme or of one of its sessions."""
    programme = getattr(thing, "programme", thing)
    employee = programme.user.employee
    leads = employee is not None and isinstance(user, User) and employee.supervisor_id == user.id
    return _other(user, programme) and (programme.mentor_id == user.id or leads)


@access_rule
def hr_but_not_the_rm(user: Any, thing: Any) -> bool:
    """HR, for everybody but themselves."""
    return _other(user, getattr(thing, "programme", thing)) and user.has(Role.HR)


@access_rule
def rm_of_the_session(user: object, session: ShadowingSession) -> bool:
    """Whoever wrote it up."""
    return isinstance(user, User) and session.programme.user_id == user.id


@access_rule
def rm_of_the_programme(user: object, programme: ShadowingProgramme) -> bool:
    """Whose programme it is."""
    return isinstance(user, User) and programme.user_id == user.id


SEE = has_role(Role.RM, Role.MENTOR, Role.SUPERVISOR, Role.HR, Role.COMPLIANCE)
CONFIRM = host_of_the_session | mentor_or_supervisor_for_a_host_who_left
#: Who may say that somebody else has to confirm: the one who was asked, and whoever looks after the RM.
PASS_ON = host_of_the_session | guides | hr_but_not_the_rm
#: Who may take a confirmation back.
TAKE_BACK = host_of_the_session | guides | hr_but_not_the_rm
CORRECT = rm_of_the_session
LOG = rm_of_the_programme
SIGN_OFF = guides
REOPEN = guides | hr_but_not_the_rm
#: What follows from an employment that begins, changes or ends: the product does it, or HR.
FOLLOW = has_role(Role.HR) | the_system
REOPEN_OR_FOLLOW = REOPEN | the_system
