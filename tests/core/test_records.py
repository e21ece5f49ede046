"""What was concluded is kept as it was, whatever changes afterwards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.errors import WriteOutsideOperation
from rmhr.core.history import audit, records
from rmhr.core.history.records import Label, RecordKind
from rmhr.core.i18n import Words, _, speaking
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role, Unit
from rmhr.models.system import Record
from tests.factories.accounts import unit, user

pytestmark = pytest.mark.both


@pytest.fixture
def kind():
    """A kind of record of units, for one test."""
    made = RecordKind("tests.unit", Unit, lambda it: {"name": it.name, "on": date(2027, 3, 1)})
    yield made
    del registry.RECORDS["tests.unit"]


def test_every_kind_of_value_comes_back_in_both_languages():
    said = {
        "words": Words(en="Course", de="Kurs"),
        "sentence": _("Save"),
        "role": Role.SUPERVISOR,
        "day": date(2027, 3, 1),
        "moment": clock.now(),
        "number": Decimal("12.50"),
        "rows": [{"level": 3}, {"level": None}],
    }

    back = records.thawed(records.frozen(said))

    assert back.words == said["words"]
    assert isinstance(back.role, Label)
    assert (back.role.value, back.role.tone) == ("supervisor", Role.SUPERVISOR.tone)
    with speaking("de"):
        assert (str(back.sentence), str(back.words)) == ("Speichern", "Kurs")
    assert (back.day, back.moment, back.number) == (said["day"], said["moment"], said["number"])
    assert [row.level for row in back.rows] == [3, None]
    assert records.thawed(records.frozen(back)) == back
    with pytest.raises(AttributeError):
        _missing = back.not_there


def test_a_row_cannot_be_kept():
    with pytest.raises(TypeError, match="cannot be kept"):
        records.frozen({"unit": unit()})


def test_while_it_is_open_it_says_what_holds_now_and_then_what_held_when_it_was_concluded(kind):
    person = user(Role.HR)
    name = person.name
    it = unit(name="Altona")
    assert not kind.read(it).concluded
    assert kind.read(it).says.name == "Altona"

    with audit.acting(person, "tests.conclude"):
        kind.keep(it)
    with audit.acting(SYSTEM, "tests.rename"):
        it.name, person.name = "Kiel", "Another Name"
    db.session.commit()

    read = kind.read(it)
    assert read.concluded
    assert read.intact
    assert (read.says.name, read.by, read.edition) == ("Altona", name, 1)
    told = next(each for each in audit.timeline(it) if each.action == "tests.conclude")
    assert (told.actor, told.actor_now) == (name, "Another Name")


def test_a_correction_is_another_edition_and_the_first_one_stays(kind):
    it = unit(name="Altona")
    with audit.acting(SYSTEM, "tests.conclude"):
        kind.keep(it)
    with audit.acting(SYSTEM, "tests.correct"):
        it.name = "Kiel"
        kind.keep(it)

    assert [each.says.name for each in kind.editions(it)] == ["Altona", "Kiel"]
    assert kind.read(it).says.name == "Kiel"


def test_a_copy_is_kept_inside_an_operation_only_and_never_changed(kind):
    it = unit()
    with pytest.raises(WriteOutsideOperation):
        kind.keep(it)
    with audit.acting(SYSTEM, "tests.conclude"):
        kept = kind.keep(it)
    kept.content = {"name": "forged"}
    with pytest.raises(RuntimeError, match="never changed"):
        db.session.flush()
    db.session.rollback()


def test_whoever_forges_a_copy_is_found(kind):
    it = unit(name="Altona")
    with audit.acting(SYSTEM, "tests.conclude"):
        kind.keep(it)
    assert list(records.damaged()) == []

    forged = records.frozen({"name": "Kiel", "on": date(2027, 3, 1)})
    db.session.execute(sa.update(Record).values(content=forged))
    db.session.expire_all()
    assert not kind.read(it).intact
    assert len(list(records.damaged())) == 1

    # Nor is it enough to compute the digest anew: the history has the first one.
    db.session.execute(sa.update(Record).values(digest=records.digest(forged)))
    db.session.expire_all()
    assert len(list(records.damaged())) == 1
