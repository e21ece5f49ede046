"""The history: nothing is written without a name on it, private texts never enter it."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.errors import WriteOutsideOperation
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit, seal
from rmhr.core.policy import SYSTEM, anyone
from rmhr.models.accounts import User
from rmhr.models.system import ActorKind, AuditEntry, AuditSeal
from tests.factories import accounts

pytestmark = pytest.mark.both


def entries(row):
    wanted = sa.select(AuditEntry).filter_by(subject_type=row.__tablename__, subject_id=row.id)
    return list(db.session.scalars(wanted.order_by(AuditEntry.id)))


def test_the_database_refuses_a_write_with_no_name_on_it():
    person = accounts.user()
    person.name = "Sneaky"
    with pytest.raises(WriteOutsideOperation):
        db.session.flush()


def test_a_bulk_update_is_refused_because_it_could_not_be_recorded():
    with pytest.raises(WriteOutsideOperation, match="bulk"):
        db.session.execute(sa.update(User).values(name="Sneaky"))


def test_each_change_tells_what_it_was_and_what_it_is():
    person, hr = accounts.user(name="Ada"), accounts.user()
    with audit.acting(hr, "tests.rename", "married"):
        person.name = "Ada L"
    entry = entries(person)[-1]
    assert (entry.actor_kind, entry.actor_id, entry.note) == (ActorKind.USER, hr.id, "married")
    assert entry.changes == {"name": ["Ada", "Ada L"]}


def test_a_column_that_was_never_read_still_tells_what_it_was():
    person = accounts.user(name="Ada")
    db.session.expire_all()
    with audit.acting(SYSTEM, "tests.rename"):
        db.session.get(User, person.id).name = "Ada L"
    assert entries(person)[-1].changes == {"name": ["Ada", "Ada L"]}


def test_private_columns_say_that_they_changed_not_to_what():
    person = accounts.user()
    with audit.acting(SYSTEM, "tests.password"):
        person.password_hash = "secret"
    assert entries(person)[-1].changes == {"password_hash": audit.PRIVATE}
    assert "secret" not in str(entries(person)[-1].changes)


def test_what_fails_leaves_neither_change_nor_history():
    person = accounts.user(name="Ada")

    def rename_and_fail():
        with audit.acting(SYSTEM, "tests.rename"):
            person.name = "Sneaky"
            db.session.flush()
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        rename_and_fail()
    db.session.refresh(person)
    assert person.name == "Ada"
    assert len(entries(person)) == 1


def test_an_operation_asks_its_rule_and_records_under_its_name():
    @operation(allow=anyone, done="Renamed")
    def rename(actor, person, *, name):
        person.name = name

    person = accounts.user()
    rename(person, person, name="New")
    assert audit.timeline(person)[0].action.endswith(".rename")
    assert audit.timeline(person)[0].sentence == "Renamed"


def test_one_deed_is_one_line_of_the_history():
    person = accounts.user()
    with audit.acting(SYSTEM, "tests.twice"):
        person.name = "A"
        db.session.flush()
        person.name = "B"
    assert [entry.action for entry in audit.timeline(person)] == ["tests.twice", "tests.arrange"]


def test_the_chain_holds_until_somebody_touches_an_entry():
    person = accounts.user()
    assert seal.seal() > 0
    assert seal.seal() == 0
    assert seal.verify().holds
    victim = entries(person)[0]
    db.session.execute(
        sa.update(AuditEntry.__table__)
        .where(AuditEntry.__table__.c.id == victim.id)
        .values(note="nothing to see")
    )
    db.session.expire_all()
    assert seal.verify().broken == victim.id


def test_an_entry_that_is_replaced_breaks_the_chain_from_there_on():
    accounts.user()
    second = accounts.user()
    seal.seal()
    link = db.session.scalars(sa.select(AuditSeal).order_by(AuditSeal.id.desc())).first()
    link.digest = "0" * 64
    db.session.flush()
    assert seal.verify().broken == link.entry_id
    assert second


def test_what_is_not_sealed_yet_is_counted():
    accounts.user()
    seal.seal()
    accounts.user()
    found = seal.verify()
    assert found.holds
    assert found.unsealed > 0


def test_whatever_is_imported_first_every_column_keeps_what_it_was():
    code = (
        "import rmhr.models; from rmhr.core.db import Audited, Base\n"
        "for mapper in Base.registry.mappers:\n"
        "    for column in mapper.column_attrs if issubclass(mapper.class_, Audited) else ():\n"
        "        kept = getattr(mapper.class_, column.key).impl.dispatch._active_history\n"
        "        assert kept, f'{mapper.class_.__name__}.{column.key}'\n"
        "print('kept')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "kept\n", done.stderr
