"""Who sets up the career site, and which colleagues see open jobs."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN
from rmhr.core.policy import Rule, signed_in, the_system

BRAND: Rule = ADMIN | the_system
#: Everybody who works here may look at open jobs, apply and recommend somebody.
COLLEAGUE: Rule = signed_in
