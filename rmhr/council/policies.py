"""Who asks the works council, and who records its answer. The council itself is outside the product."""

from __future__ import annotations

from rmhr.core.policy import AccessRule, has_role, the_system
from rmhr.models.accounts import Role

HR = has_role(Role.HR)
#: What follows from an offer, from a court's decision or from a week that is over.
FOLLOW: AccessRule = HR | the_system
SYSTEM: AccessRule = the_system
