"""Every read of the register: its rules, one with its checks, who can look after one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager

from rmhr.accounts.queries import choices
from rmhr.accounts.queries.people import has_role, here
from rmhr.core import clock
from rmhr.core.db import db, said_in
from rmhr.core.due.kinds import kind_of
from rmhr.core.folding import by_name
from rmhr.core.i18n import LANGUAGES, Words, gettext, language
from rmhr.law.rules import LegalRule, Owner, rule_called
from rmhr.models.accounts import User
from rmhr.models.rulebook import RegisteredRule, RuleCheck
from rmhr.models.system import AuditEntry
from rmhr.rulebook import policies

#: Who can look after a rule.
COULD_LOOK_AFTER = choices.people(has_role(*policies.READERS))


def rules(_viewer: Any) -> sa.Select[RegisteredRule]:
    """All rules; whoever may open the register sees each of them."""
    return (
        sa.select(RegisteredRule)
        .outerjoin(User, User.id == RegisteredRule.owner_id)
        .options(contains_eager(RegisteredRule.owner))
    )


def these(viewer: Any, ids: Sequence[int]) -> Sequence[RegisteredRule]:
    """Those of these ids."""
    return db.session.scalars(rules(viewer).where(RegisteredRule.id.in_(ids))).all()


def get(viewer: User, id: int, *, lock: bool = False) -> RegisteredRule:
    """One rule, or 404. `lock`: until the commit nobody else records a check of it."""
    query = rules(viewer).where(RegisteredRule.id == id)
    if lock:
        query = query.with_for_update(of=RegisteredRule, key_share=True)
    return db.session.scalar(query.execution_options(populate_existing=lock)) or abort(404)


def checks(rule: RegisteredRule) -> Sequence[RuleCheck]:
    """All checks of a rule, the newest first. One query."""
    query = sa.select(RuleCheck).where(RuleCheck.rule_id == rule.id)
    return db.session.scalars(query.order_by(RuleCheck.number.desc())).all()


@dataclass(frozen=True)
class Wording:
    """How a rule read before it was changed: until which day, and what of it is another today."""

    until: date
    reads: Words
    source: Words
    since: date


def earlier(rule: RegisteredRule) -> list[Wording]:
    """How it read before while it was in force, the latest first, from its history. One query."""
    query = sa.select(AuditEntry).where(
        AuditEntry.subject_type == rule.__tablename__, AuditEntry.subject_id == rule.id
    )
    found: list[Wording] = []
    said: dict[str, Any] = {"reads": rule.reads, "source": rule.source, "since": rule.since}
    for entry in db.session.scalars(query.order_by(AuditEntry.id.desc())):
        before = {name: entry.changes[name][0] for name in said if name in entry.changes}
        if not before or "name" in entry.changes:  # it was entered then
            continue
        said |= {name: _stored(name, value) for name, value in before.items()}
        if said["since"] is not None:
            found.append(Wording(until=clock.local(entry.at).date(), **said))
    return found


def _stored(name: str, value: Any) -> Any:
    """A value as the history keeps it, as it was."""
    if name == "since":
        return date.fromisoformat(value) if value else None
    return Words(value or {})


def declared(rule: RegisteredRule) -> LegalRule | None:
    """The rule as the product or the bank declares it now; None for one that nobody declares any more."""
    return rule_called(rule.name)


def search_columns() -> list[Any]:
    """Where a word is looked for: what, why and source in both languages, and who looks after it."""
    words = (RegisteredRule.what, RegisteredRule.why, RegisteredRule.source, RegisteredRule.reads)
    return [*(said_in(column, code) for column in words for code in LANGUAGES), User.name]


def what_column() -> sa.ColumnElement[str]:
    """What holds, as the reader reads it."""
    return by_name(said_in(RegisteredRule.what, language()))


def stages(_viewer: Any) -> list[tuple[str, str]]:
    """(stage, words) of those that have rules."""
    found = db.session.scalars(sa.select(RegisteredRule.stage).distinct())
    return sorted(((each, kind_of(each)) for each in found), key=lambda pair: pair[1])


def owners(_viewer: Any) -> list[tuple[str, str]]:
    """Who looks after rules: the roles, then the people who are named."""
    named = (
        sa.select(User.id, User.name)
        .where(User.id.in_(sa.select(RegisteredRule.owner_id)), here())
        .order_by(by_name(User.name), User.id)
    )
    roles = [(each.value, gettext("Nobody named: %(role)s", role=each.label)) for each in Owner]
    return [*roles, *((str(id), name) for id, name in db.session.execute(named))]


def looked_after(value: str) -> sa.ColumnElement[bool]:
    """The condition that a role, while nobody is named, or this person looks after a rule."""
    if value.isdecimal():
        return RegisteredRule.owner_id == int(value)
    return sa.and_(RegisteredRule.owner_id.is_(None), RegisteredRule.owner_role == Owner(value))
