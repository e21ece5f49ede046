"""One click ends mail of a kind (RFC 8058): the signed address that goes with a reminder, and what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.mail.outbox import public_url
from rmhr.models.accounts import User
from rmhr.reminders.letters import Letter

SALT = "reminders.unsubscribe"


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=SALT)


def token(user: User, kinds: Sequence[str]) -> str:
    """What proves that it was this person whom we wrote to at this address, about these kinds of things."""
    return str(_signed().dumps([user.id, list(kinds), _mark(user.email)]))


def read(token: str) -> tuple[int, list[str]] | None:
    """(the person's id, the kinds that can still be switched off); None where the token is not ours.

    Nor where it went to an address that was corrected since. Older mails do not say to which they went.
    """
    try:
        user_id, kinds, *marks = _signed().loads(token)
    except (BadData, TypeError, ValueError):
        return None
    user = db.session.get(User, int(user_id)) if marks else None
    if marks and (user is None or marks != [_mark(user.email)]):
        return None
    known = [name for name in kinds if _may_end(name)]
    return (int(user_id), known) if known else None


def _may_end(kind: str) -> bool:
    source = registry.SOURCES.get(kind)
    return kind in registry.NEWS if source is None else not source.must


def _mark(address: str) -> str:
    """An address, so that it can be compared and not read."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def address_for(letter: Letter) -> str:
    """Where one click ends what this letter is about; "" where something in it cannot be switched off."""
    kinds = {reminder.due.source.name for reminder in letter.reminders}
    if set(letter.optional) != kinds:
        return ""
    return address_of(letter.reader, letter.optional)


def address_of(reader: User, kinds: Sequence[str]) -> str:
    """Where one click ends mail of these kinds to this person."""
    return public_url("reminders.unsubscribe", token=token(reader, kinds), lang=reader.language)
