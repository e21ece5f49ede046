"""What the bank is, and its texts."""

from __future__ import annotations

from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.duties import operations
from rmhr.models.accounts import Role
from rmhr.models.duties import BankDuties, BankText, TextKind, TextStatus
from tests.factories import duties
from tests.factories.accounts import user
from tests.kinds import Edit, NextStep, Opened, Pair, Twice, deletes

PAGE, TEXT = "/admin/bank/edit", "/admin/texts/confirmation/edit"
WORDS = {"en": "Dear {name},\n\n{facts}\n\n{button}", "de": "Guten Tag {name},\n\n{facts}\n\n{button}"}
SENT = {"text-en": WORDS["en"], "text-de": WORDS["de"]}


def _bank() -> Opened:
    row = duties.bank(name="At first")
    other = user(Role.ADMIN)

    def meanwhile() -> None:
        operations.fill_in(other, row, facts={"name": "Their bank"})

    sent = {"name": "My own bank", "third_countries": "no"}
    return Opened(row, user(Role.ADMIN), PAGE, sent, meanwhile, lambda: row.name, "Their bank")


def _text() -> Opened:
    draft = duties.text(TextKind.CONFIRMATION, status=TextStatus.DRAFT, text=Words(WORDS), reason="At first")
    other = user(Role.HR)

    def meanwhile() -> None:
        operations.write(other, draft, kind=TextKind.CONFIRMATION, text=Words(WORDS), reason="Their reason")

    sent = {**SENT, "reason": "My own reason"}
    return Opened(draft, user(Role.HR), TEXT, sent, meanwhile, lambda: draft.reason, "Their reason")


def _both_first() -> Twice:
    one, other = user(Role.ADMIN), user(Role.ADMIN)
    return Twice(
        (one, PAGE, {"name": "One bank", "seen": ".0"}),
        (other, PAGE, {"name": "Another bank", "seen": ".0"}),
        lambda: db.session.query(BankDuties).count(),
    )


def _both_begin() -> Twice:
    one, other = user(Role.HR), user(Role.HR)
    return Twice(
        (one, TEXT, {**SENT, "reason": "One"}),
        (other, TEXT, {**SENT, "reason": "Another"}),
        lambda: db.session.query(BankText).filter_by(kind=TextKind.CONFIRMATION).count(),
    )


EDITS = [
    Edit("duties.edit", _bank),
    Edit("texts.edit", _text),
    deletes("texts.throw_away", _text, "/admin/texts/version/{id}/delete", theirs=""),
]
PAIRS = [Pair("duties.edit", _both_first), Pair("texts.edit", _both_begin)]
NO_EDIT = {"texts.transition": "an answer, given once; it carries the version as every transition"}
NEXT_STEPS = [NextStep("bank_texts", "in_approval", duties.submitted)]
