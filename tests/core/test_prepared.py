"""What PostgreSQL has prepared stays so from one reading transaction to the next; what was written is still undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from rmhr.core.db import db
from rmhr.models.accounts import Unit

pytestmark = pytest.mark.postgresql


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    """An engine with connections of its own, outside of the transaction of a test."""
    made = sa.create_engine(
        db.engine.engine.url, pool_size=1, max_overflow=0
    )  # in a test, that is a connection
    yield made
    made.dispose()


def prepared(connection: sa.Connection) -> int:
    """How many statements are prepared on it."""
    query = sa.select(sa.func.count()).select_from(sa.table("pg_prepared_statements"))
    return int(connection.scalar(query) or 0)


def test_statements_stay_prepared_when_a_request_that_only_read_is_over(engine):
    for _request in range(8):
        with engine.connect() as connection:
            connection.execute(sa.select(Unit.name)).all()

    with engine.connect() as connection:
        assert prepared(connection) >= 1


@pytest.mark.parametrize("way", ["table", "text"])
def test_what_was_written_is_undone(engine, way):
    table = sa.Table("tried", sa.MetaData(), sa.Column("id", sa.Integer))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TEMPORARY TABLE tried (id integer)"))
    with engine.connect() as connection:
        connection.execute(sa.select(table)).all()
        connection.execute(
            sa.insert(table).values(id=1) if way == "table" else sa.text("INSERT INTO tried VALUES (1)")
        )
        connection.execute(sa.select(table)).all()
        connection.rollback()

        assert connection.execute(sa.select(table)).all() == []


def test_what_was_written_in_a_savepoint_is_undone_with_the_rest(engine):
    table = sa.Table("tried", sa.MetaData(), sa.Column("id", sa.Integer))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TEMPORARY TABLE tried (id integer)"))
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(sa.insert(table).values(id=1))
        connection.rollback()

        assert connection.execute(sa.select(table)).all() == []


def test_a_transaction_that_failed_ends_as_it_did(engine):
    with engine.connect() as connection:
        with pytest.raises(ProgrammingError):
            connection.execute(sa.select(sa.column("nothing")).select_from(sa.table("nowhere"))).all()
        connection.rollback()

        assert connection.scalar(sa.select(sa.literal(1))) == 1
