"""Who sets up the career site, and which colleagues see open jobs."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN
from rmhr.core.policy import AccessRule, the_system

BRAND: AccessRule = ADMIN | the_system
