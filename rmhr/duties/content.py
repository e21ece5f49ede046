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
    number = _next_number(rows)
    draft = next((row for row in rows if row.status in texts.ON_ITS_WAY), None)
    if draft is not None:  # it follows the version that is told
        number, draft.number = draft.number, number
        db.session.flush()
    version = BankText(
        kind=kind,
        number=number,
        status=TextStatus.APPROVED,
        text=text,
        reason=reason,
        valid_from=clock.today(),
    )
    db.session.add(version)
    rows.append(version)
    return Loaded(added=1)


def _put_down(kind: TextKind, text: Words, reason: str, rows: list[BankText]) -> Loaded:
    draft = next((row for row in rows if row.status in texts.ON_ITS_WAY), None)
    if draft is not None and draft.edited_by_id is None and draft.status is TextStatus.DRAFT:
        changed = draft.text != text
        draft.text, draft.reason = text, reason
        return Loaded(updated=int(changed))
    if all(row.edited_by_id is None and row.approved_at is None for row in rows) and draft is None:
        db.session.add(BankText(kind=kind, number=_next_number(rows), text=text, reason=reason))
        return Loaded(added=1)
    last = draft or rows[-1]
    return Loaded() if last.text == text else Loaded(kept=(f"bank text {kind.value}: text",))


def _next_number(rows: list[BankText]) -> int:
    return max((row.number for row in rows), default=0) + 1
