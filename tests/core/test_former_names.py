"""Actions that were renamed: the history still says in a sentence what was done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit, former_names
from rmhr.models.system import ActorKind, AuditEntry
from tests.factories.accounts import user


@pytest.mark.once
def test_each_leads_to_an_action_that_there_is(app):
    assert former_names.RENAMED
    for was, now in former_names.RENAMED.items():
        assert now in registry.SENTENCES, f"{was} became {now}, which nothing does"
        assert was not in registry.SENTENCES, f"{was} is done by something again"


def test_an_entry_of_an_earlier_version_reads_as_one_of_today():
    person = user()
    db.session.execute(
        sa.insert(AuditEntry).values(
            actor_kind=ActorKind.USER,
            actor_id=person.id,
            action="postings.share",
            subject_type="user",
            subject_id=person.id,
            changes={"name": ["a", "b"]},
        )
    )
    [entry, *_more] = audit.timeline(person)
    assert (entry.action, str(entry.sentence)) == ("postings.share", "Link made")


@pytest.mark.once
def test_what_nobody_knows_any_more_does_not_say_its_name():
    assert str(former_names.sentence("gone.for_ever")) == "Changed, as an earlier version did it"


RELEASED = sorted((Path(__file__).parent.parent / "databases").glob("*.sql"))
#: An entry of the history in a database that was kept, up to its action.
ENTRY = re.compile(r"'([a-z_]+\.[a-z_]+)', '[a-z_]+', (?:NULL|\d+), '\{", re.MULTILINE)
#: An action that is written by its name.
WRITTEN = re.compile(r"""acting\([A-Za-z_.]+, "([a-z_]+\.[a-z_]+)\"""")


@pytest.mark.once
@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_every_action_of_every_version_is_told_in_a_sentence(app, path):
    done = set(ENTRY.findall(path.read_text(encoding="utf-8")))
    assert len(done) > 50
    assert not {action for action in done if former_names.sentence(action) is former_names.UNKNOWN}


@pytest.mark.once
def test_every_action_that_is_written_by_its_name_is_told_in_a_sentence(app):
    written = {
        action
        for path in Path(former_names.__file__).parents[2].rglob("*.py")
        for action in WRITTEN.findall(path.read_text(encoding="utf-8"))
    }
    assert len(written) > 5
    assert not {action for action in written if former_names.sentence(action) is former_names.UNKNOWN}
