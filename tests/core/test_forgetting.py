"""What the history forgets of a person, and that it proves everything else all the same."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.errors import WriteOutsideOperation
from rmhr.core.history import audit, forgetting, seal
from rmhr.core.policy import SYSTEM
from rmhr.models.system import AuditEntry
from tests.factories import applications

pytestmark = pytest.mark.both


@pytest.fixture
def told():
    it = applications.application()
    with audit.acting(SYSTEM, "tests.arrange", note="She said so herself"):
        it.interview_by = it.screen_by
    db.session.commit()
    seal.seal()
    return it


def notes():
    return [note for note in db.session.scalars(sa.select(AuditEntry.note)) if note]


def test_notes_and_values_go_and_the_chain_holds(told):
    with audit.acting(SYSTEM, "tests.forget"):
        assert forgetting.forget(told, [told]) >= 1

    assert notes() == []
    assert seal.verify().holds
    seal.seal()
    assert seal.verify().holds


def test_what_was_emptied_is_not_filled_again(told):
    with audit.acting(SYSTEM, "tests.forget"):
        forgetting.forget(told, [told])
    emptied = min(forgetting.forgotten())
    db.session.execute(sa.update(AuditEntry).where(AuditEntry.id == emptied).values(note="Something else"))

    assert seal.verify().broken == emptied


def test_other_entries_are_proved_as_before(told):
    other = applications.application()
    seal.seal()
    with audit.acting(SYSTEM, "tests.forget"):
        forgetting.forget(told, [told])
    entry = db.session.scalars(
        sa.select(AuditEntry).where(
            AuditEntry.subject_type == "application", AuditEntry.subject_id == other.id
        )
    ).first()
    db.session.execute(sa.update(AuditEntry).where(AuditEntry.id == entry.id).values(note="Forged"))

    assert seal.verify().broken == entry.id


def test_nobody_forgets_outside_an_operation(told):
    with pytest.raises(WriteOutsideOperation):
        forgetting.forget(told, [told])
