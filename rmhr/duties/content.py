"""The texts that the product brings: drafts for two people of the bank to approve; its letters are told until then.

Letters are written from the first day, and each message keeps the version that it was told by. So the words that the
product brings for a letter are a version in force that nobody has approved; it gives way to the first that two people
of the bank have.
"""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.content import read
from rmhr.content.loading import Loaded, finished
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words, _
from rmhr.core.policy import SYSTEM
from rmhr.duties.queries import texts
from rmhr.models.duties import BankText, TextKind, TextStatus

ACTION = "duties.load_content"
REASON = "Starter text of the product, version {number}"
registry.SENTENCES.add(ACTION, _("Starter content loaded"))


def load() -> Loaded:
    """Put each starter text down as a draft, which follows its file until somebody edits it; letters in force as well.

    What somebody of the bank has written or approved is never touched: a newer starter text is listed instead.
    """
    file = read(texts.STARTER)
    reason = REASON.format(number=file["version"])
    rows = db.session.scalars(sa.select(BankText).order_by(BankText.number)).all()
    became = Loaded()
    with audit.acting(SYSTEM, ACTION):
        for kind in TextKind:
            there, text = [row for row in rows if row.kind is kind], texts.starter(kind)
            if kind.is_letter:
                became += _put_in_force(kind, text, reason, there)
            became += _put_down(kind, text, reason, there)
        db.session.flush()
    finished(texts.STARTER)
    return became


def _put_in_force(kind: TextKind, text: Words, reason: str, rows: list[BankText]) -> Loaded:
    """Let a letter be told in the words of the product, where two people of the bank have approved none."""
    told = [row for row in rows if row.status is TextStatus.APPROVED]
    if any(row.approved_at is not None for row in told) or (told and told[-1].text == text):
        return Loaded()
    version = next((row for row in rows if _untouched(row)), None)
    if version is None:
        version = _next(kind, rows)
    version.text, version.reason = text, reason
    version.status, version.valid_from = TextStatus.APPROVED, clock.today()
    db.session.add(version)
    db.session.flush()  # the next one is a draft, and there is never more than one
    return Loaded(added=1)


def _put_down(kind: TextKind, text: Words, reason: str, rows: list[BankText]) -> Loaded:
    draft = next((row for row in rows if row.status in texts.ON_ITS_WAY), None)
    if draft is not None and _untouched(draft):
        changed = draft.text != text
        draft.text, draft.reason = text, reason
        return Loaded(updated=int(changed))
    if all(row.edited_by_id is None and row.approved_at is None for row in rows) and draft is None:
        version = _next(kind, rows)
        version.text, version.reason = text, reason
        db.session.add(version)
        return Loaded(added=1)
    last = draft or rows[-1]
    return Loaded() if last.text == text else Loaded(kept=(f"bank text {kind.value}: text",))


def _untouched(row: BankText) -> bool:
    """Whether it is a draft as the product has put it down."""
    return row.status is TextStatus.DRAFT and row.edited_by_id is None


def _next(kind: TextKind, rows: list[BankText]) -> BankText:
    """The version after the last one."""
    version = BankText(kind=kind, number=max((row.number for row in rows), default=0) + 1, text=Words())
    rows.append(version)
    return version
