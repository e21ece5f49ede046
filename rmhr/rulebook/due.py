"""What is owed of the register: to look whether a rule still holds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.core.db import Rows, this_day
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.due.sources import N_, source
from rmhr.models.accounts import Role, User, UserRole
from rmhr.models.reminders import EscalationLevel
from rmhr.models.rulebook import RegisteredRule
from rmhr.rulebook.standing import OWED_BEFORE


@source(
    "rulebook.check",
    label=N_("Legal and practice rules to check"),
    remind_on=(-30, -7, 0),
    escalation=(
        ReminderStep(7, (EscalationLevel.OWNER, EscalationLevel.COMPLIANCE)),
        ReminderStep(30, (EscalationLevel.OWNER, EscalationLevel.COMPLIANCE)),
    ),
    text=N_("Check whether it still holds: %(what)s"),
    why=N_("You look after this rule; its source: %(source)s"),
    verb=N_("Record a check"),
    endpoint="rulebook.check",
    icon="journal-check",
    shared=Role.COMPLIANCE,
)
def to_check() -> Rows:
    """Rules in force whose day has come or is near, owed by whoever is named.

    Where nobody is named who is here and may, the longest-serving of its role owes it, else of compliance, else of the
    administrators.
    """
    named, having = aliased(User), aliased(UserRole)
    may = sa.exists().where(
        having.user_id == named.id, having.role.in_((Role.ADMIN, Role.HR, Role.COMPLIANCE))
    )
    owner = sa.func.coalesce(
        sa.case((sa.and_(_works_here(named), may), named.id)),
        _longest_serving(RegisteredRule.owner_role),
        _longest_serving(Role.COMPLIANCE),
        _longest_serving(Role.ADMIN),
    )
    return (
        sa.select(
            RegisteredRule.id.label("subject_id"),
            owner.label("owner_id"),
            RegisteredRule.look_again_on.label("due_on"),
            RegisteredRule.what.label("what"),
            RegisteredRule.source.label("source"),
        )
        .outerjoin(named, named.id == RegisteredRule.owner_id)
        .where(RegisteredRule.look_again_on <= this_day(OWED_BEFORE), RegisteredRule.retired_on.is_(None))
    )


def _longest_serving(role: Any) -> sa.ScalarSelect[int]:
    person, having = aliased(User), aliased(UserRole)
    wanted = role if isinstance(role, Role) else sa.type_coerce(role, sa.String)
    held = having.role if isinstance(role, Role) else sa.type_coerce(having.role, sa.String)
    return (
        sa.select(sa.func.min(having.user_id))
        .join(person, person.id == having.user_id)
        .where(held == wanted, _works_here(person))
        .correlate(RegisteredRule)
        .scalar_subquery()
    )


def _works_here(person: Any) -> sa.ColumnElement[bool]:
    return sa.or_(person.left_on.is_(None), person.left_on >= this_day())
