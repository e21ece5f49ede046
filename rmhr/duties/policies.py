"""Who says what the bank is, who writes its texts, and who approves them."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN
from rmhr.core.policy import AccessRule, access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.duties import BankText

SEE = has_role(Role.ADMIN, Role.HR, Role.COMPLIANCE)
FILL_IN: AccessRule = ADMIN | the_system
WRITE = has_role(Role.ADMIN, Role.HR)


@access_rule
def neither_wrote_nor_submitted(user: object, version: BankText | None) -> bool:
    """Somebody else than whoever wrote the version last and whoever submitted it."""
    return (
        isinstance(user, User)
        and version is not None
        and user.id not in (version.edited_by_id, version.submitted_by_id)
    )


#: The second person.
APPROVE = SEE & neither_wrote_nor_submitted
