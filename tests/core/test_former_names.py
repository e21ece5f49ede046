"""Actions that were renamed: the history still says in a sentence what was done."""

from __future__ import annotations

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
def test_what_nobody_knows_any_more_says_its_name():
    assert former_names.sentence("gone.for_ever") == "gone.for_ever"
