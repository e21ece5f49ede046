"""What people of the bank write down about it, and how they write its texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.policy import Actor
from rmhr.duties import gaps, placeholders, policies
from rmhr.models.accounts import User
from rmhr.models.duties import BankDuties, BankText, TextKind, TextStatus


@operation(allow=policies.FILL_IN, done=_("The bank and its duties saved"))
def fill_in(_actor: Actor, row: BankDuties | None, *, facts: Mapping[str, Any]) -> BankDuties:
    """Write down what the bank is.

    Raises NotPossible where somebody else has just begun to, and for a works council at a public employer.
    """
    if row is None:
        row = gaps.nothing_said()
        try:
            with db.session.begin_nested():
                db.session.add(row)
                db.session.flush()
        except IntegrityError:
            raise NotPossible(
                gettext("Somebody else has just filled this in. Please open it again.")
            ) from None
    for name, value in facts.items():
        setattr(row, name, value)
    if why_not := gaps.no_works_council(row.works_council, row.public_employer, row.legal_form):
        raise NotPossible(why_not)
    return row


@operation(allow=policies.WRITE, done=_("Draft of a text saved"))
def write(actor: User, draft: BankText | None, *, kind: TextKind, text: Words, reason: str) -> BankText:
    """Write the next version of a text, or go on with the one that is a draft.

    Raises NotPossible where it waits for a second person, where another one was begun in the same moment, and for words
    that could not be told.
    """
    if wrong := next(placeholders.flaws(kind, text), None):
        raise NotPossible(wrong.words)
    if draft is None:
        draft = _begun(kind, text)
    elif draft.status is not TextStatus.DRAFT:
        raise NotPossible(gettext("This version is waiting for a second person. Take it back to change it."))
    draft.text, draft.reason, draft.edited_by = text, reason, actor
    return draft


def _begun(kind: TextKind, text: Words) -> BankText:
    last = db.session.scalar(sa.select(sa.func.max(BankText.number)).where(BankText.kind == kind)) or 0
    draft = BankText(kind=kind, number=last + 1, status=TextStatus.DRAFT, text=text)
    try:
        with db.session.begin_nested():
            db.session.add(draft)
            db.session.flush()
    except IntegrityError:
        raise NotPossible(
            gettext("Somebody else has just begun a new version of this text. Please open it again.")
        ) from None
    return draft


@operation(allow=policies.WRITE, done=_("Draft of a text deleted"))
def throw_away(_actor: User, draft: BankText) -> None:
    """Delete a draft that is not needed. Raises NotPossible for any other version: it stays to be looked up."""
    if draft.status is not TextStatus.DRAFT:
        raise NotPossible(gettext("Only a draft can be deleted."))
    db.session.delete(draft)
