"""The chain over the history: each seal signs one entry, the seal before it, and how many there are.

Sealing is a short job of its own: a chain written with each entry would make every writer wait for every other. The
key lies outside the database (`signing.py`), and so do the anchors (`anchors.py`): who changes an entry, takes one
away, puts one in or cuts the end off is found, whatever they may write in the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.enums import LabelEnum
from rmhr.core.history import anchors, audit, forgetting, signing
from rmhr.core.i18n import _
from rmhr.models.system import AuditEntry, AuditSeal

#: What the first seal follows.
GENESIS = "0" * 64
#: How many entries are sealed in one go.
BATCH = 5000
#: Seals of before there was a key are plain hashes, without this before them. They come first, or somebody made them.
SIGNED = "hmac-sha256:"


class Damage(LabelEnum):
    """What somebody has done to the history."""

    CHANGED = "changed", _("An entry was changed"), "bad", "exclamation-triangle-fill"
    REMOVED = "removed", _("An entry was removed"), "bad", "exclamation-triangle-fill"
    INSERTED = (
        "inserted",
        _("An entry was added that the product did not write"),
        "bad",
        "exclamation-triangle-fill",
    )
    CUT_OFF = "cut_off", _("The last entries were cut off"), "bad", "exclamation-triangle-fill"


def seal() -> int:
    """Seal what is not sealed yet; say how many entries. Only one may run at a time (the scheduler's lock).

    What the product has not signed is left out: `verify` names it.
    """
    last = db.session.scalars(sa.select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1)).first()
    number, digest = (last.number, last.digest) if last else (0, GENESIS)
    sealed = sa.select(AuditSeal.entry_id).where(AuditSeal.entry_id == AuditEntry.id).exists()
    fresh = db.session.scalars(
        sa.select(AuditEntry).where(~sealed).order_by(AuditEntry.id).limit(BATCH)
    ).all()
    signed_before = digest.startswith(SIGNED) and _any_signed()
    rows = []
    for entry in fresh:
        if not _is_ours(entry, signed_before):
            continue
        signed_before = signed_before or bool(entry.signature)
        number += 1
        digest = signed(number, digest, entry)
        rows.append({"number": number, "entry_id": entry.id, "digest": digest})
    if rows:
        db.session.execute(sa.insert(AuditSeal), rows)
        anchors.note_once_committed(number, digest)
    return len(rows)


def signed(number: int, before: str, entry: AuditEntry) -> str:
    """The digest of a seal."""
    return SIGNED + signing.sign(_sealed(number, before, entry))


def _sealed(number: int, before: str, entry: AuditEntry) -> list[Any]:
    return [number, before, entry.id, *audit.said(entry)]


def _plain(before: str, entry: AuditEntry) -> str:
    """The digest of a seal as it was before there was a key."""
    _nonce, at, kind, actor, name, *rest = audit.said(entry)
    said = [entry.id, at, kind, actor, *rest, *([name] if name else [])]
    return hashlib.sha256(f"{before}\n{signing.canonical(said)}".encode()).hexdigest()


def _fits(link: AuditSeal, before: str, entry: AuditEntry) -> bool:
    if not link.digest.startswith(SIGNED):
        return not before.startswith(SIGNED) and link.digest == _plain(before, entry)
    return signing.fits(_sealed(link.number, before, entry), link.digest.removeprefix(SIGNED))


def _is_ours(entry: AuditEntry, signed_before: bool) -> bool:
    """Whether the product wrote it. Unsigned ones are of before there was a key: none comes after a signed one."""
    if not entry.signature:
        return not signed_before
    return signing.fits(audit.said(entry), entry.signature)


def _any_signed() -> bool:
    return (
        db.session.scalar(sa.select(AuditEntry.id).where(AuditEntry.nonce.is_not(None)).limit(1)) is not None
    )


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found."""

    sealed: int
    unsealed: int
    broken: int | None = None  # the id of the first entry that does not fit, or None
    damage: Damage | None = None
    missing: int = 0  # how many seals were cut off

    @property
    def holds(self) -> bool:
        """Whether every seal fits, and nothing is there that was not written by the product."""
        return self.damage is None


def verify(known: Iterable[anchors.Anchor] = ()) -> Verdict:
    """Walk the chain from its beginning and stop at the first link that does not fit.

    It is held against the anchors of this machine and those that are `known` besides, as from a mail. An entry that was
    emptied (`forgetting.py`) fits if a later one says what was left of it.
    """
    noted = {each.number: each.digest for each in (*anchors.noted(), *known)}
    before, count = GENESIS, 0
    emptied = forgetting.forgotten()
    query = (
        sa.select(AuditSeal, AuditEntry)
        .outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
        .order_by(AuditSeal.number)
        .execution_options(yield_per=2000)
    )
    signed_before = False
    with db.session.execute(query) as links:
        for row in links:
            link: AuditSeal = row[0]
            entry: AuditEntry | None = row[1]
            if entry is None or link.number != count + 1:
                return Verdict(count, 0, link.entry_id, Damage.REMOVED)
            if (
                not (_fits(link, before, entry) or emptied.get(entry.id) == forgetting.digest(entry))
                or noted.get(link.number, link.digest) != link.digest
            ):
                return Verdict(count, 0, entry.id, Damage.CHANGED)
            signed_before = signed_before or bool(entry.signature)
            before, count = link.digest, count + 1
    if noted and (last := max(noted)) > count:
        return Verdict(count, 0, None, Damage.CUT_OFF, missing=last - count)
    return _rest(count, signed_before)


def _rest(count: int, signed_before: bool) -> Verdict:
    """What is not sealed yet has to be signed all the same."""
    sealed = sa.select(AuditSeal.entry_id).where(AuditSeal.entry_id == AuditEntry.id).exists()
    unsealed = 0
    waiting = sa.select(AuditEntry).where(~sealed).order_by(AuditEntry.id).execution_options(yield_per=2000)
    with db.session.scalars(waiting) as entries:
        for entry in entries:
            if not _is_ours(entry, signed_before):
                return Verdict(count, 0, entry.id, Damage.INSERTED)
            signed_before = signed_before or bool(entry.signature)
            unsealed += 1
    return Verdict(count, unsealed)
