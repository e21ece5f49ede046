"""What people are told about the bank's texts."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice, Recipient
from rmhr.models.accounts import User
from rmhr.models.duties import BankText


def _whoever_wrote_it(version: BankText) -> list[User]:
    people = {each.id: each for each in (version.submitted_by, version.edited_by) if each is not None}
    return list(people.values())


def _text(version: BankText, _recipient: Recipient) -> dict[str, Any]:
    return {"text": version.kind.label, "number": version.number}


APPROVED = Notice(
    name="duties.approved",
    subject=_("Approved: %(text)s, version %(number)s"),
    to=_whoever_wrote_it,
    context=_text,
)
RETURNED = Notice(
    name="duties.returned",
    subject=_("Sent back: %(text)s, version %(number)s"),
    to=_whoever_wrote_it,
    context=_text,
)
