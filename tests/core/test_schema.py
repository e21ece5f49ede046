"""Whether a database is what this version needs: what is noticed, what is said, how often it is looked at."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from config import Testing
from rmhr import create_app
from rmhr.core import schema
from rmhr.core.db import db
from rmhr.core.schema import State, Watch
from rmhr.version import VERSION
from tests.support.migrations import Steps

WANTED = (
    "CREATE TABLE bank (id INTEGER NOT NULL, PRIMARY KEY (id))",
    """CREATE TABLE desk (
        id INTEGER NOT NULL, bank_id INTEGER NOT NULL, name VARCHAR(40) NOT NULL, state TEXT,
        CONSTRAINT pk_desk PRIMARY KEY (id),
        CONSTRAINT fk_desk_bank_id FOREIGN KEY (bank_id) REFERENCES bank (id) ON DELETE RESTRICT,
        CONSTRAINT uq_desk_name UNIQUE (name),
        CONSTRAINT ck_desk_state CHECK (state IN ('free', 'taken')))""",
    "CREATE INDEX ix_desk_state ON desk (state)",
)


def wanted_but(old: str = "", new: str = "", *further: str) -> list[str]:
    """The statements above with one thing otherwise."""
    assert any(old in statement for statement in WANTED)
    return [statement.replace(old, new) if old else statement for statement in WANTED] + [*further]


@pytest.mark.once
@pytest.mark.parametrize(
    ("found", "said"),
    [
        (wanted_but(), []),
        (wanted_but("", "", "CREATE TABLE banks_own (id INTEGER)"), []),
        (wanted_but("", "", "CREATE INDEX banks_own ON desk (name, state)"), []),
        (WANTED[:1], ["no table desk"]),
        (
            wanted_but("state TEXT", "state TEXT, note TEXT"),
            ["a further column note TEXT in desk"],
        ),
        (
            wanted_but("name VARCHAR(40) NOT NULL", "name VARCHAR(40)"),
            ["a further column name VARCHAR(40) in desk", "no column name VARCHAR(40) NOT NULL in desk"],
        ),
        (
            wanted_but("VARCHAR(40)", "VARCHAR(20)"),
            [
                "a further column name VARCHAR(20) NOT NULL in desk",
                "no column name VARCHAR(40) NOT NULL in desk",
            ],
        ),
        (
            wanted_but("RESTRICT", "CASCADE"),
            [
                "a further foreign key fk_desk_bank_id on bank_id to bank (id) ON DELETE CASCADE in desk",
                "no foreign key fk_desk_bank_id on bank_id to bank (id) ON DELETE RESTRICT in desk",
            ],
        ),
        (
            wanted_but("UNIQUE (name)", "UNIQUE (name, state)"),
            [
                "a further unique constraint uq_desk_name on name, state in desk",
                "no unique constraint uq_desk_name on name in desk",
            ],
        ),
        (
            wanted_but("'taken'", "'used'"),
            [
                "a further check ck_desk_state with free, used in desk",
                "no check ck_desk_state with free, taken in desk",
            ],
        ),
        (
            wanted_but("PRIMARY KEY (id),\n", "PRIMARY KEY (id, name),\n"),
            ["a further primary key on id, name in desk", "no primary key on id in desk"],
        ),
        (
            wanted_but("CREATE INDEX", "CREATE UNIQUE INDEX"),
            ["a further unique index ix_desk_state on state in desk", "no index ix_desk_state on state in desk"],
        ),
    ],
)  # fmt: skip
def test_what_the_catalogue_has_otherwise_is_named(found: list[str], said: list[str]) -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        _run(connection, found)
        wanted = schema.facts_of(lambda other: _run(other, WANTED), engine.dialect.max_identifier_length)
        told = schema.differences(connection, wanted)
    engine.dispose()
    assert sorted(told) == said


def _run(connection: sa.Connection, statements: Any) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


# What a database is, and what to do.


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    """The migrations of today, to which a test may add."""
    return Steps(tmp_path)


@pytest.fixture
def empty(fresh_database: str, tmp_path: Path, steps: Steps) -> Iterator[Flask]:
    """An application with these migrations on an empty database, in an app context."""
    app = create_app(Testing(fresh_database, tmp_path, MIGRATIONS=steps.folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def looked(steps: Steps) -> schema.Verdict:
    """What a look at the database of this app context finds."""
    with db.engine.connect() as connection:
        return schema.look(connection, str(steps.folder))


def change(*statements: str) -> None:
    """Change the database behind the back of the migrations."""
    with db.engine.begin() as connection:
        _run(connection, statements)


@pytest.mark.sqlite
@pytest.mark.usefixtures("empty")
def test_an_empty_database_waits_for_its_first_upgrade(steps: Steps) -> None:
    change("CREATE TABLE of_another_product (id INTEGER)")

    found = looked(steps)

    assert (found.state, found.revision, found.can_be_upgraded) == (State.EMPTY, "", True)
    assert found.words == "The database has no tables yet: run `flask --app wsgi db upgrade`."


@pytest.mark.usefixtures("empty", "upgraded_database")
def test_after_the_upgrade_it_is_as_it_should_be(steps: Steps) -> None:
    found = looked(steps)
    assert (found.state, found.revision, found.words) == (State.CURRENT, steps.newest, "")
    assert found.is_fine


@pytest.mark.sqlite
@pytest.mark.usefixtures("empty", "upgraded_database")
def test_what_a_step_of_this_version_has_not_seen_is_behind(steps: Steps) -> None:
    before = steps.newest
    steps.add("0999")

    found = looked(steps)

    assert (found.state, found.revision, found.can_be_upgraded) == (State.BEHIND, before, True)
    assert found.words == (
        f"The database is at {before}, and rmhr {VERSION} needs 0999: "
        "keep a copy of it, then run `flask --app wsgi db upgrade`."
    )


@pytest.mark.sqlite
@pytest.mark.usefixtures("empty", "upgraded_database")
def test_what_a_newer_version_has_upgraded_is_ahead(steps: Steps) -> None:
    change("UPDATE alembic_version SET version_num = '0999'")

    found = looked(steps)

    assert (found.state, found.revision, found.can_be_upgraded) == (State.AHEAD, "0999", False)
    assert found.words == (
        f"The database is at 0999, which rmhr {VERSION} does not know (it ends with {steps.newest}): "
        "start the newer version that upgraded it, or restore a copy from before."
    )


@pytest.mark.sqlite
@pytest.mark.usefixtures("empty")
def test_tables_of_which_no_migration_knows_are_refused(steps: Steps) -> None:
    db.create_all()

    found = looked(steps)

    assert (found.state, found.revision, found.can_be_upgraded) == (State.UNKNOWN, "", False)
    assert found.words == (
        "The database has tables, but does not say which migration made them: "
        "restore a copy that a released version has made, or start with an empty database."
    )


@pytest.mark.usefixtures("empty", "upgraded_database")
@pytest.mark.parametrize("behind", [False, True])
def test_a_database_that_is_not_what_it_says_is_refused(steps: Steps, behind: bool) -> None:
    here = steps.newest
    if behind:
        steps.add("0999")
    change("DROP TABLE saved_view", "ALTER TABLE posting ADD COLUMN pay_note TEXT")

    found = looked(steps)

    assert (found.state, found.revision, found.can_be_upgraded) == (State.UNKNOWN, here, False)
    assert found.words == (
        f"The database says that it is at {here}, but its tables are not those of {here}: "
        "restore a copy that a released version has made, or start with an empty database."
    )
    assert found.differences == ("no table saved_view", "a further column pay_note TEXT in posting")
    assert (
        found.details == f"{found.words}\n  no table saved_view\n  a further column pay_note TEXT in posting"
    )


@pytest.mark.sqlite
@pytest.mark.usefixtures("empty", "upgraded_database")
def test_models_that_changed_without_a_step_ask_for_one(steps: Steps) -> None:
    steps.add("0999", up='op.add_column("posting", sa.Column("pay_note", sa.Text()))')
    upgrade()

    found = looked(steps)

    assert (found.state, found.can_be_upgraded) == (State.UNWRITTEN, False)
    assert found.words == (
        "The models have changed since 0999: write the next migration with `flask --app wsgi db migrate`."
    )
    assert found.differences == ("a further column pay_note TEXT in posting",)


@pytest.mark.postgresql
@pytest.mark.usefixtures("empty", "upgraded_database")
def test_what_only_postgresql_can_change_is_noticed_too(steps: Steps) -> None:
    change(
        "ALTER TABLE posting ALTER COLUMN title TYPE TEXT USING title::text",
        'ALTER TABLE "user" ALTER COLUMN name DROP NOT NULL',
        "ALTER TABLE course_version DROP CONSTRAINT ck_course_version_pass_mark_is_percent",
        "DROP INDEX ix_offer_status",
    )
    assert looked(steps).differences == (
        "no column title JSON NOT NULL in posting",
        "a further column title TEXT NOT NULL in posting",
        "a further column name TEXT in user",
        "no column name TEXT NOT NULL in user",
        "no check ck_course_version_pass_mark_is_percent in course_version",
        "no index ix_offer_status on status in offer",
    )


@pytest.mark.once
def test_details_are_only_the_first_of_many_differences() -> None:
    found = schema.Verdict(State.UNKNOWN, "0001", "Words.", tuple("abcdefg"))
    assert found.details == "Words.\n  a\n  b\n  c\n  d\n  e\n  and 2 more"


# How a process keeps in mind what it has seen.


@pytest.mark.usefixtures("empty", "upgraded_database")
def test_a_database_that_is_fine_costs_a_glance(steps: Steps, max_queries: Any) -> None:
    watch = Watch(str(steps.folder))
    with db.engine.connect() as connection:
        assert not watch.is_fine, "nobody has looked yet"
        first = watch.look(connection)
        with max_queries(2):
            assert watch.look(connection) is first
    assert watch.is_fine


@pytest.mark.sqlite
@pytest.mark.usefixtures("empty", "upgraded_database")
def test_an_upgrade_behind_its_back_is_noticed(steps: Steps) -> None:
    watch = Watch(str(steps.folder))
    with db.engine.connect() as connection:
        assert watch.look(connection).is_fine
    change("UPDATE alembic_version SET version_num = '0999'")
    with db.engine.connect() as connection:
        assert watch.look(connection).state is State.AHEAD
    assert not watch.is_fine


@pytest.mark.sqlite
@pytest.mark.usefixtures("empty", "upgraded_database")
def test_what_is_wrong_is_logged_once_and_looked_at_again_after_a_pause(
    steps: Steps, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    change("ALTER TABLE posting ADD COLUMN pay_note TEXT")
    watch = Watch(str(steps.folder))
    with caplog.at_level(logging.ERROR, "rmhr.schema"), db.engine.connect() as connection:
        first = watch.look(connection)
        assert watch.look(connection) is first, "it is not looked at by every request"
        monkeypatch.setattr(schema, "PAUSE", 0.0)
        watch._again_at = 0.0
        assert watch.look(connection) is not first
    assert [record.getMessage() for record in caplog.records] == [first.details]

    change("ALTER TABLE posting DROP COLUMN pay_note")
    with db.engine.connect() as connection:
        assert watch.look(connection).is_fine, "what was mended needs no restart"
