"""What the history keeps of persons whose data are deleted: that it happened, when and by whom; nothing about them.

The history is never rewritten, with this one exception. What an entry is then is written into a later entry, which is
sealed: so the chain of hashes still proves that nothing else was changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.history import audit, signing
from rmhr.models.system import AuditEntry

#: Stands for a column in the entry that says which others were emptied, see `forget`.
FORGOTTEN = "(forgotten)"
#: What stays of the changes: whoever reads the numbers of a year wants to know when what was decided.
KEPT = frozenset({"status", audit.VOUCHED})


def forget(about: Any, rows: Iterable[Any]) -> int:
    """Empty what the history says of these rows besides status, day and who acted; say how many entries.

    It is told in the history of `about`. Raises WriteOutsideOperation where nobody acts.
    """
    db.session.flush()
    emptied = {}
    for kind, ids in _by_kind(rows).items():
        of = AuditEntry.subject_type == kind, AuditEntry.subject_id.in_(ids)
        for entry in db.session.scalars(sa.select(AuditEntry).where(*of)):
            said = {name: value if name in KEPT else audit.PRIVATE for name, value in entry.changes.items()}
            if entry.note or said != entry.changes:
                entry.note, entry.changes = "", said
                if entry.signature:
                    entry.signature = signing.sign(audit.said(entry))
                emptied[str(entry.id)] = digest(entry)
    db.session.flush()
    audit.tell(about, {FORGOTTEN: [None, emptied]})
    return len(emptied)


def _by_kind(rows: Iterable[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.__tablename__, []).append(row.id)
    return found


def digest(entry: AuditEntry) -> str:
    """SHA-256 over what an entry says, whatever stands before it in the chain."""
    said = [
        entry.id,
        entry.at.isoformat(),
        entry.actor_kind.value,
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.changes,
        entry.note,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def forgotten() -> dict[int, str]:
    """{entry id: digest of what is left of it} of all that were emptied, as later entries say."""
    told = sa.select(AuditEntry.changes).where(
        sa.cast(AuditEntry.changes, sa.Text).contains(FORGOTTEN, autoescape=True)
    )
    return {
        int(id): left
        for changes in db.session.scalars(told)
        for id, left in changes.get(FORGOTTEN, [None, {}])[1].items()
    }
