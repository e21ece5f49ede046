"""A history that cannot be shortened: whatever is done in the database without the key is found, and where."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import anchors, seal, signing
from rmhr.core.history.seal import Damage
from rmhr.models.system import AuditEntry, AuditSeal
from tests.factories import accounts

ENTRIES, SEALS = AuditEntry.__table__, AuditSeal.__table__


@pytest.fixture
def history():
    """The ids of the entries of six people, sealed and stored."""
    for _each in range(6):
        accounts.user()
    assert seal.seal() >= 6
    db.session.commit()
    return db.session.scalars(sa.select(AuditEntry.id).order_by(AuditEntry.id)).all()


def found() -> tuple[Damage | None, int | None]:
    db.session.expire_all()
    verdict = seal.verify()
    return verdict.damage, verdict.broken


def test_what_the_product_writes_holds(history):
    assert found() == (None, None)
    accounts.user()
    assert seal.verify().unsealed > 0
    assert found() == (None, None)


@pytest.mark.parametrize(
    "values", [{"note": "x"}, {"actor_id": 99}, {"actor_name": "Somebody else"}, {"action": "tests.other"}]
)
def test_a_change_is_found_where_it_is(history, values):
    db.session.execute(sa.update(ENTRIES).where(ENTRIES.c.id == history[3]).values(**values))
    assert found() == (Damage.CHANGED, history[3])


def test_a_change_before_it_is_sealed_is_found(history):
    accounts.user()
    last = db.session.scalar(sa.select(sa.func.max(AuditEntry.id)))
    db.session.execute(sa.update(ENTRIES).where(ENTRIES.c.id == last).values(note="forged"))
    assert found() == (Damage.INSERTED, last)
    seal.seal()
    assert found() == (Damage.INSERTED, last), "nobody's forgery is sealed"


def test_an_entry_that_is_taken_away_is_found(history):
    db.session.execute(sa.delete(SEALS).where(SEALS.c.entry_id == history[2]))
    db.session.execute(sa.delete(ENTRIES).where(ENTRIES.c.id == history[2]))
    assert found() == (Damage.REMOVED, history[3])


@pytest.mark.parametrize("signature", ["", "0" * 64])
def test_an_entry_that_is_put_in_is_not_sealed_but_named(history, signature):
    copy = dict(db.session.execute(sa.select(ENTRIES).where(ENTRIES.c.id == history[1])).one()._mapping)
    del copy["id"]
    copy |= {"nonce": None if not signature else "forged", "signature": signature, "note": "It was HR"}
    db.session.execute(sa.insert(ENTRIES).values(**copy))
    forged = db.session.scalar(sa.select(sa.func.max(AuditEntry.id)))

    assert found() == (Damage.INSERTED, forged)
    assert seal.seal() == 0
    assert found() == (Damage.INSERTED, forged)


def test_the_last_entries_cannot_be_cut_off_with_their_seals(history):
    db.session.execute(sa.delete(SEALS).where(SEALS.c.entry_id.in_(history[-4:])))
    db.session.execute(sa.delete(ENTRIES).where(ENTRIES.c.id.in_(history[-4:])))
    verdict = seal.verify()
    assert (verdict.damage, verdict.missing) == (Damage.CUT_OFF, 4)


def test_what_goes_on_after_a_cut_is_found_at_the_cut(history):
    db.session.execute(sa.delete(SEALS).where(SEALS.c.entry_id.in_(history[-2:])))
    db.session.execute(sa.delete(ENTRIES).where(ENTRIES.c.id.in_(history[-2:])))
    kept = anchors.path().read_text(encoding="utf-8")
    for _each in range(4):
        accounts.user()
    seal.seal()
    db.session.commit()
    anchors.path().write_text(kept, encoding="utf-8")
    assert found()[0] is Damage.CHANGED


def test_a_chain_written_anew_without_the_key_is_found(history):
    before = seal.GENESIS
    for link in db.session.scalars(sa.select(AuditSeal).order_by(AuditSeal.number)).all():
        entry = db.session.get_one(AuditEntry, link.entry_id)
        before = seal._plain(before, entry)
        db.session.execute(sa.update(SEALS).where(SEALS.c.id == link.id).values(digest=before))
    db.session.expire_all()
    assert seal.verify().damage is Damage.CHANGED


def test_a_mail_that_was_kept_proves_it_where_the_file_is_gone(history):
    mail = f"The history of today:\n\n{list(anchors.noted())[-1]}\n"
    anchors.path().unlink()
    db.session.execute(sa.delete(SEALS).where(SEALS.c.entry_id == history[-1]))
    db.session.execute(sa.delete(ENTRIES).where(ENTRIES.c.id == history[-1]))
    assert seal.verify().holds
    assert seal.verify(anchors.read(mail)).damage is Damage.CUT_OFF


def test_there_is_one_anchor_a_day_and_it_is_never_ahead_of_the_database(history):
    accounts.user()
    seal.seal()
    assert [each.number for each in anchors.noted()] == [len(history)]
    db.session.commit()
    with clock.at(clock.now() + timedelta(days=1)):
        accounts.user()
        seal.seal()
        db.session.commit()
    days = [each.day for each in anchors.noted()]
    assert len(days) == len(set(days)) == 2


def test_another_key_goes_on_and_that_of_before_proves_what_it_signed(app, monkeypatch, history):
    old = app.config["AUDIT_KEYS"]
    monkeypatch.setitem(app.config, "AUDIT_KEYS", ("another-key-for-the-history-of-tests", *old))
    accounts.user()
    seal.seal()
    assert found() == (None, None)
    monkeypatch.setitem(app.config, "AUDIT_KEYS", old)
    assert found()[0] is Damage.CHANGED


def test_what_was_sealed_before_entries_were_signed_stands():
    accounts.user()
    before = seal.GENESIS
    db.session.execute(sa.update(ENTRIES).values(nonce=None, signature=""))
    db.session.expire_all()
    for number, entry in enumerate(
        db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all(), 1
    ):
        before = seal._plain(before, entry)
        db.session.add(AuditSeal(number=number, entry_id=entry.id, digest=before))
    db.session.flush()
    accounts.user()
    seal.seal()
    assert found() == (None, None)
    plain = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.signature == "")).first()
    db.session.execute(sa.update(ENTRIES).where(ENTRIES.c.id == plain.id).values(note="x"))
    assert found() == (Damage.CHANGED, plain.id)


def test_equal_things_are_signed_alike_and_each_entry_is_another_one():
    assert signing.sign([{"b": 1, "a": (2, "ü")}]) == signing.sign([{"a": [2, "ü"], "b": 1}])
    assert signing.nonce() != signing.nonce()
