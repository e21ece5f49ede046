"""The texts that the product brings: drafts that nobody is told before two people of the bank have approved them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rmhr.content import read
from rmhr.content.loading import Loaded, finished
from rmhr.core import registry
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
    """Put each starter text down as a draft; a draft that nobody has edited follows its file.

    What somebody of the bank has written or approved is never touched: a newer starter text is listed instead.
    """
    file = read(texts.STARTER)
    reason = REASON.format(number=file["version"])
    rows = db.session.scalars(sa.select(BankText).order_by(BankText.number)).all()
    became = Loaded()
    with audit.acting(SYSTEM, ACTION):
        for kind in TextKind:
            became += _put_down(kind, texts.starter(kind), reason, [row for row in rows if row.kind is kind])
        db.session.flush()
    finished(texts.STARTER)
    return became


def _put_down(kind: TextKind, text: Words, reason: str, rows: Sequence[BankText]) -> Loaded:
    draft = next((row for row in rows if row.status in texts.ON_ITS_WAY), None)
    if draft is not None and draft.edited_by_id is None and draft.status is TextStatus.DRAFT:
        changed = draft.text != text
        draft.text, draft.reason = text, reason
        return Loaded(updated=int(changed))
    if all(row.edited_by_id is None and row.approved_at is None for row in rows) and draft is None:
        number = max((row.number for row in rows), default=0) + 1
        db.session.add(BankText(kind=kind, number=number, text=text, reason=reason))
        return Loaded(added=1)
    last = rows[-1]
    return Loaded() if last.text == text else Loaded(kept=(f"bank text {kind.value}: text",))
