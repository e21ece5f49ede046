"""Which mails there are, for those who look after them."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort

from rmhr.core.db import Rows, db
from rmhr.models.duties import BankText
from rmhr.models.system import Message


def mails() -> Rows:
    """All mails, without what they say."""
    return sa.select(
        Message.id,
        Message.kind,
        Message.to_name,
        Message.to_address,
        Message.subject,
        Message.language,
        Message.state,
        Message.created_at,
        Message.sent_at,
        Message.error,
    )


def of_kind(stage: str) -> sa.ColumnElement[bool]:
    """The condition that a mail was written by that stage."""
    return Message.kind.startswith(f"{stage}.", autoescape=True)


def mail(id: int) -> Message:
    """One mail with everything, or 404."""
    return db.session.get(Message, id) or abort(404)


def told_by(it: Message) -> BankText | None:
    """The version of the bank's letter that it is, if it is one."""
    return db.session.get(BankText, it.text_id) if it.text_id else None
