"""A statement that is kept as its text gives the same rows, with the same parameters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db, spelled_out, this_day, written_out
from rmhr.models.accounts import Role, User, UserRole
from tests.factories.accounts import user

pytestmark = pytest.mark.both


def test_what_is_given_and_what_is_asked_when_it_runs_stay_parameters():
    lena = user(Role.RM)
    db.session.flush()
    query = sa.select(
        User.id,
        User.created_at,
        UserRole.role,
        sa.literal("50 % at 9:00").label("said"),
        this_day().label("today"),
    ).join(UserRole)
    query = spelled_out(query.where(User.id == sa.bindparam("person", type_=sa.Integer())))

    kept = written_out(query)

    assert isinstance(kept, sa.TextualSelect)
    for day in (date(2027, 3, 1), date(2027, 3, 2)):
        with clock.at(clock.moment(day, 9)):
            found = db.session.execute(kept, {"person": lena.id}).one()
            assert found == db.session.execute(query, {"person": lena.id}).one()
            assert found == (lena.id, lena.created_at, Role.RM, "50 % at 9:00", day)
    assert db.session.execute(kept, {"person": lena.id + 1}).all() == []


def test_a_value_that_it_was_made_with_stays_with_it():
    long_ago = clock.now() - timedelta(days=1000)
    lena = user()
    db.session.flush()

    kept = written_out(sa.select(User.id).where(User.created_at > long_ago, User.id == lena.id))

    assert db.session.scalars(kept).all() == [lena.id]


def test_a_statement_that_is_given_a_list_stays_as_it_is():
    query = sa.select(User.id).where(User.id.in_(sa.bindparam("people", expanding=True)))

    assert written_out(query) is query


def test_a_statement_that_loads_things_stays_as_it_is():
    query = sa.select(User, User.id)

    assert written_out(query) is query


def test_a_text_that_looks_like_a_parameter_is_refused():
    query = spelled_out(sa.select(sa.literal("see :below").label("said")))

    with pytest.raises(ValueError, match="no parameters, but texts: below"):
        written_out(query)


@pytest.mark.parametrize("unique", [True, False])
def test_parts_of_one_statement_keep_their_values_apart(unique):
    def part(name: str, value: int) -> sa.FromClause:
        late = sa.bindparam(None, callable_=lambda: value * 10, type_=sa.Integer(), unique=unique)
        query = sa.select((sa.literal(value) + late).label("made"), this_day().label("today"))
        return written_out(query, apart=name).subquery()

    parts = [sa.select(each.c.made, each.c.today) for each in (part("one", 1), part("two", 2))]
    whole = sa.union_all(*parts).subquery()

    with clock.at(clock.moment(date(2027, 3, 1), 9)):
        found = db.session.execute(sa.select(whole.c.made, whole.c.today).order_by(whole.c.made)).all()
    assert found == [(11, date(2027, 3, 1)), (22, date(2027, 3, 1))]
