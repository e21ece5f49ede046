"""A bank that has said all that law asks of it, and its texts in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.duties.queries import texts
from rmhr.models.accounts import Role
from rmhr.models.duties import (
    Answer,
    BankDuties,
    BankText,
    LegalForm,
    TextKind,
    TextStatus,
    TravelCosts,
)

from . import save
from .accounts import user

BEGAN = date(2020, 1, 1)


def bank(**given: Any) -> BankDuties:
    """A stock corporation with everything filled in."""
    defaults: dict[str, Any] = {
        "id": 1,
        "name": "Fördebank AG",
        "street": "Speicherkai 4",
        "postcode": "20457",
        "town": "Hamburg",
        "email": "post@bank.example",
        "phone": "040 5550 0",
        "officer": "Ida Voss",
        "officer_email": "privacy@bank.example",
        "authority": "Data Protection Authority",
        "processors": Words.both("- Kai IT: hosting", "- Kai IT: Rechenzentrum"),
        "third_countries": Answer.NO,
        "third_countries_words": Words(),
        "legal_form": LegalForm.STOCK,
        "seat": "Hamburg",
        "register_court": "Amtsgericht Hamburg",
        "register_number": "HRB 12345",
        "management": "Rune Dahl (chair), Lea Brink",
        "board_chair": "Karla Holm",
        "vat_id": "DE123456789",
        "supervision": "BaFin, Marie-Curie-Straße 24-28, 60439 Frankfurt am Main",
        "travel_costs": TravelCosts.NOT_PAID,
        "travel_limits": Words(),
        "employment_terms": Words.both("Six months of probation.", "Sechs Monate Probezeit."),
        "complaints": "Equal treatment desk, fair@bank.example",
        "works_council": Answer.YES,
        "works_council_contact": "council@bank.example",
        "works_council_email": "council@bank.example",
        "more_than_twenty": Answer.YES,
        "representative": Answer.YES,
        "representative_contact": "sbv@bank.example",
        "representative_email": "sbv@bank.example",
        "public_employer": Answer.NO,
        "quota": Answer.NO,
    }
    return save(BankDuties(**defaults | given))


def text(kind: TextKind = TextKind.PRIVACY_NOTICE, **given: Any) -> BankText:
    """The next version of a text: in force, with the words that the product brings."""
    status = given.get("status", TextStatus.APPROVED)
    last = db.session.scalar(sa.select(sa.func.max(BankText.number)).where(BankText.kind == kind)) or 0
    approved = status is TextStatus.APPROVED
    defaults: dict[str, Any] = {
        "kind": kind,
        "number": last + 1,
        "status": status,
        "text": texts.starter(kind),
        "reason": "As the product brings it",
        "valid_from": BEGAN if status is not TextStatus.DRAFT else None,
        "approved_at": clock.now() - timedelta(days=30) if approved else None,
    }
    return save(BankText(**defaults | given))


def submitted(**given: Any) -> BankText:
    """A version that an administrator has written and submitted: a second person is needed."""
    writer = user(Role.ADMIN)
    defaults: dict[str, Any] = {
        "status": TextStatus.IN_APPROVAL,
        "edited_by_id": writer.id,
        "submitted_by_id": writer.id,
        "submitted_at": clock.now() - timedelta(days=1),
        "valid_from": clock.today() + timedelta(days=7),
    }
    return text(**defaults | given)


def approved() -> BankText:
    """A version that two people have put in force."""
    writer, second = user(Role.ADMIN), user(Role.COMPLIANCE)
    return text(edited_by_id=writer.id, submitted_by_id=writer.id, approved_by_id=second.id)


def notice() -> BankText:
    """The privacy notice in force: the one that there is, else one that is made."""
    with db.session.no_autoflush:
        waiting = [row for row in db.session.new if isinstance(row, BankText) and row.valid_from is not None]
        return (
            next((row for row in waiting if row.kind is TextKind.PRIVACY_NOTICE), None)
            or texts.in_force(TextKind.PRIVACY_NOTICE)
            or text()
        )


def in_place() -> None:
    """A bank whose jobs may go public, and whose hires wait for no works council; what there is already stays."""
    notice()
    waiting = any(isinstance(row, BankDuties) for row in db.session.new)
    if not waiting and db.session.get(BankDuties, 1) is None:
        bank(works_council=Answer.NO, works_council_contact="", works_council_email="")


def changed(**facts: Any) -> BankDuties:
    """The bank that there is, with other facts."""
    in_place()
    row = db.session.get_one(BankDuties, 1)
    with changing():
        for name, value in facts.items():
            setattr(row, name, value)
    return row


@contextmanager
def changing() -> Iterator[None]:
    """Change a row by hand, as the arrangement of a test."""
    with audit.acting(SYSTEM, "tests.arrange"):
        yield
        db.session.flush()
    db.session.commit()
