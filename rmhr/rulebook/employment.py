"""What of the register hangs on a person: the rules that they look after."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core.db import Rows, db
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.rulebook import RegisteredRule
from rmhr.rulebook.policies import READERS


def _looked_after() -> Rows:
    return sa.select(
        RegisteredRule.owner_id.label("user_id"),
        RegisteredRule.id.label("subject_id"),
        RegisteredRule.what.label("what"),
    ).where(RegisteredRule.owner_id.is_not(None), RegisteredRule.retired_on.is_(None))


@hangs(
    "rulebook.rules",
    label=_("Legal and practice rules that they look after"),
    find=_looked_after,
    endpoint="rulebook.show",
    roles=READERS,
)
@operation(allow=policies.MANAGE, done=_("Rule handed over"))
def hand_over_rules(_actor: Any, person: User, *, successor: User) -> int:
    """Let the successor look after them: how many rules."""
    query = sa.select(RegisteredRule).where(
        RegisteredRule.owner_id == person.id, RegisteredRule.retired_on.is_(None)
    )
    found = db.session.scalars(query).all()
    for rule in found:
        rule.owner = successor
        audit.mention(rule, successor.name)
    return len(found)
