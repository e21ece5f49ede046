"""The hash chain over the history: each seal is a digest of one entry and of the seal before it.

Sealing is a short job of its own: a chain written with each entry would make every writer wait for every
other. Whoever changes or removes a sealed entry breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.history import forgetting
from rmhr.models.system import AuditEntry, AuditSeal

#: What the first seal follows.
GENESIS = "0" * 64
#: How many entries are sealed in one go.
BATCH = 5000


def digest(before: str, entry: AuditEntry) -> str:
    """SHA-256 over the seal before and everything that the entry says."""
    said: list[Any] = [
        entry.id,
        entry.at.isoformat(),
        entry.actor_kind.value,
        entry.actor_id,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.changes,
        entry.note,
        # Entries of before names were kept have none, and their seals stand.
        *([entry.actor_name] if entry.actor_name else []),
    ]
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{canonical}".encode()).hexdigest()


def seal() -> int:
    """Seal what is not sealed yet; say how many entries. Only one may run at a time (the scheduler's lock)."""
    last = db.session.scalar(sa.select(AuditSeal.digest).order_by(AuditSeal.id.desc()).limit(1)) or GENESIS
    sealed = sa.select(AuditSeal.entry_id).where(AuditSeal.entry_id == AuditEntry.id).exists()
    fresh = db.session.scalars(
        sa.select(AuditEntry).where(~sealed).order_by(AuditEntry.id).limit(BATCH)
    ).all()
    rows = []
    for entry in fresh:
        last = digest(last, entry)
        rows.append({"entry_id": entry.id, "digest": last})
    if rows:
        db.session.execute(sa.insert(AuditSeal), rows)
    return len(rows)


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found."""

    sealed: int
    unsealed: int
    broken: int | None  # the id of the first entry that does not fit, or None

    @property
    def holds(self) -> bool:
        """Whether every seal fits."""
        return self.broken is None


def verify() -> Verdict:
    """Walk the chain from its beginning and stop at the first link that does not fit.

    An entry that was emptied (`forgetting.py`) fits if a later one says what was left of it.
    """
    before, count = GENESIS, 0
    emptied = forgetting.forgotten()
    query = (
        sa.select(AuditSeal, AuditEntry)
        .outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
        .order_by(AuditSeal.id)
        .execution_options(yield_per=2000)
    )
    with db.session.execute(query) as links:
        for row in links:
            link: AuditSeal = row[0]
            entry: AuditEntry | None = row[1]
            if entry is None or not (
                link.digest == digest(before, entry) or emptied.get(entry.id) == forgetting.digest(entry)
            ):
                return Verdict(count, 0, link.entry_id)
            before, count = link.digest, count + 1
    total = db.session.scalar(sa.select(sa.func.count(AuditEntry.id))) or 0
    return Verdict(count, total - count, None)
