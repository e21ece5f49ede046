"""What a count asks a source for finds the same things as the source itself, with fewer tables to begin with."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.due import keys, sources
from rmhr.core.due.sources import OWN
from rmhr.models.accounts import User
from rmhr.models.performance import Goal
from tests.factories.accounts import user
from tests.support.due_things import goal

pytestmark = pytest.mark.both


def _goals(*more: sa.ColumnElement[bool]) -> sa.Select:
    boss = aliased(User)
    return (
        sa.select(
            Goal.id.label("subject_id"),
            Goal.user_id.label("owner_id"),
            Goal.due_on.label("due_on"),
            User.name.label("person"),
            boss.name.label("boss"),
        )
        .join(User, User.id == Goal.user_id)
        .outerjoin(boss, boss.id == Goal.supervisor_id)
        .where(User.left_on.is_(None), *more)
    )


def test_a_table_that_only_says_whether_a_row_counts_is_asked_for_each_row_that_is_found():
    lena, gone = user(), user(left_on=date(2020, 1, 1))
    thing = goal(lena, 3)
    goal(gone, 3)
    db.session.flush()

    found = keys.only(_goals(), OWN)

    assert "JOIN" not in str(found).split("EXISTS")[0].replace("LEFT OUTER JOIN", "")
    assert [row.subject_id for row in db.session.execute(found)] == [thing.id]
    assert list(found.selected_columns.keys()) == ["subject_id", "owner_id", "due_on"]


def test_each_select_of_a_union_is_asked_by_itself():
    lena = user()
    thing = goal(lena, 3)
    db.session.flush()
    both = sa.select(sa.union_all(_goals(Goal.id == thing.id), _goals(Goal.id == thing.id)).subquery())

    found = keys.only(both, OWN)

    assert str(found).count("EXISTS") == 2
    assert [row.subject_id for row in db.session.execute(found)] == [thing.id, thing.id]


def test_what_is_grouped_or_limited_stays_as_it_is():
    lena = user()
    goal(lena, 3)
    goal(lena, 4)
    db.session.flush()

    found = keys.only(_goals().order_by(Goal.due_on).limit(1), OWN)

    assert len(db.session.execute(found).all()) == 1
    assert "EXISTS" not in str(found)


def test_every_source_has_its_keys():
    assert registry.SOURCES
    for each in registry.SOURCES.values():
        assert set(each.keys.c.keys()) == set(OWN), each.name


def test_a_count_and_the_list_say_the_same():
    lena = user()
    goal(lena, 3)
    for each in registry.SOURCES.values():
        listed = db.session.execute(sources.part(each, lambda row: [row.owner_id == lena.id])).all()
        counted = db.session.execute(
            sources.part(each, lambda row: [row.owner_id == lena.id], wanted=sources.keys, few=True)
        ).all()
        assert len(listed) == len(counted), each.name
