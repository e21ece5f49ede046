"""The pages of this stage: the register of legal and practice rules, one rule, a check, who looks after it."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.rulebook.policies import READERS
from rmhr.rulebook.views import rules
from rmhr.rulebook.views.blueprint import bp
from rmhr.web.nav import Area

__all__ = ["NAV", "bp", "rules"]

NAV = [
    Area(
        label=_("Legal rules"),
        endpoint="rulebook.index",
        roles=READERS,
        seldom=READERS,
        icon="journal-check",
        order=88,
        belongs=("rulebook",),
    ),
]
