"""Who may ask for positions, decide on them and plan the headcount."""

from __future__ import annotations

from rmhr.accounts.policies import HR
from rmhr.core.policy import AccessRule, access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.requisitions import Requisition


@access_rule
def requester(user: object, requisition: Requisition | None) -> bool:
    """Whoever asks for the positions."""
    return isinstance(user, User) and requisition is not None and requisition.requester_id == user.id


@access_rule
def approver_asked(user: object, requisition: Requisition | None) -> bool:
    """Whoever was asked to decide."""
    return isinstance(user, User) and requisition is not None and requisition.approver_id == user.id


@access_rule
def not_the_requester(user: object, requisition: Requisition | None) -> bool:
    """Somebody else than who asks for the positions."""
    return isinstance(user, User) and requisition is not None and requisition.requester_id != user.id


#: Who works with requisitions at all; which ones, the queries say.
REQUEST: AccessRule = has_role(Role.HR, Role.SUPERVISOR)
CHANGE_REQUISITION: AccessRule = requester
DECIDE_REQUISITION: AccessRule = (HR | approver_asked) & not_the_requester
HOLD_REQUISITION: AccessRule = HR
CANCEL_REQUISITION: AccessRule = HR | requester
FILL_REQUISITION: AccessRule = the_system
#: Who begins a posting for an approved one.
ADVERTISE: AccessRule = HR
PLAN_HEADCOUNT: AccessRule = HR
