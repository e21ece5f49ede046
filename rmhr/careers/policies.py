"""Who sets up the career site, and which colleagues see open jobs."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN
from rmhr.core.policy import Rule, the_system

BRAND: Rule = ADMIN | the_system
