"""Reading of what is sensitive (pay, judgements of people, the history itself): told once a person, thing and day.

What is written tells itself; that something was read, nobody else would know. All openings of one day are one entry:
its nonce is made of who read what on which day, and the database keeps one of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.history import audit, signing
from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.system import AuditEntry

registry.SENTENCES.add(audit.READ, _("Sensitive page opened"))


def entry(reader: User, thing: Any, page: str = "") -> dict[str, Any]:
    """The entry that says that somebody reads this thing today, in whose history it does not stand yet.

    `page`: what is read, where the thing is the reader: a list, the history.
    """
    who_what_when = [audit.READ, reader.id, thing.__tablename__, thing.id, page, clock.today().isoformat()]
    nonce = signing.sign(who_what_when)[: 2 * signing.NONCE]
    return audit.as_entry(audit.Acting(reader, audit.READ, page), thing, {}, nonce)


def keep(entries: Sequence[dict[str, Any]]) -> None:
    """Write these entries into the history, without those that stand there today. One statement."""
    insert = postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert
    db.session.execute(insert(AuditEntry).values(list(entries)).on_conflict_do_nothing())
