"""How the register is brought in step with what the product and the bank declare."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.content.loading import Loaded
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, _, speaking
from rmhr.core.policy import SYSTEM
from rmhr.law import deadlines
from rmhr.law.rules import Authority, LegalRule, every_rule
from rmhr.models.rulebook import RegisteredRule

ACTION = "rulebook.load_content"
registry.SENTENCES.add(ACTION, _("Brought in step with the product and the bank"))
#: What a check was about: where one of these is another, somebody has to look again.
SUBSTANCE = ("reads", "source", "since")


def load() -> Loaded:
    """Enter what is new, follow what is declared otherwise now, and retire what nobody declares any more.

    Who looks after a rule, and its checks, stay. A rule that was changed after its last check is soon looked at again.
    """
    with audit.acting(SYSTEM, ACTION):
        there = {row.name: row for row in db.session.scalars(sa.select(RegisteredRule))}
        added, updated = 0, 0
        for rule in every_rule():
            row = there.pop(rule.name, None)
            if row is None:
                db.session.add(RegisteredRule(**_as_declared(rule), look_again_on=rule.review_by))
                added += 1
            else:
                updated += _follow(row, rule)
        for row in there.values():
            if row.retired_on is None:
                row.retired_on = clock.today()
                updated += 1
        db.session.flush()
    return Loaded(added, updated)


def _as_declared(rule: LegalRule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "stage": rule.stage,
        "authority": rule.authority,
        "what": in_both(rule.what),
        "why": in_both(rule.why),
        "source": in_both(rule.source),
        "reads": Words({code: _reads(rule, code) for code in LANGUAGES}),
        "since": rule.since,
        "review_by": rule.review_by,
        "owner_role": rule.owner,
        "retired_on": None,
    }


def _follow(row: RegisteredRule, rule: LegalRule) -> bool:
    wanted = _as_declared(rule)
    other = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in other:
        setattr(row, name, wanted[name])
    if row.checked_on is None or (rule.authority is Authority.BANK and "since" in other):
        look_again_on = rule.review_by
    elif set(other).intersection(SUBSTANCE):
        look_again_on = min(row.look_again_on, deadlines.FOLLOW_UP_RULE.after(clock.today()))
    else:
        look_again_on = row.look_again_on
    if row.look_again_on != look_again_on:
        row.look_again_on = look_again_on
        return True
    return bool(other)


def in_both(said: Any) -> Words:
    """A sentence in both languages, as it is kept."""
    if isinstance(said, Words):
        return said
    found = Words()
    for code in LANGUAGES:
        with speaking(code):
            found[code] = str(said)
    return found


def _reads(rule: LegalRule, code: str) -> str:
    with speaking(code):
        return rule.reads
