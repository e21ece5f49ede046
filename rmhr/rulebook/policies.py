"""Who reads the register of rules, who looks after which, and who records a check."""

from __future__ import annotations

from rmhr.core.policy import AccessRule, access_rule, has_role
from rmhr.models.accounts import Role, User
from rmhr.models.rulebook import RegisteredRule

#: Who can look after a rule has one of these roles: nobody else could open it.
READERS = (Role.ADMIN, Role.HR, Role.COMPLIANCE)
SEE = has_role(*READERS)
NAME_OWNER = has_role(Role.ADMIN, Role.COMPLIANCE)


@access_rule
def looks_after_it(user: object, rule: RegisteredRule | None) -> bool:
    """Whoever is named for the rule."""
    return isinstance(user, User) and rule is not None and rule.owner_id == user.id


CHECK: AccessRule = NAME_OWNER | (SEE & looks_after_it)
