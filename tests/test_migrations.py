"""Migrations: up is what the models say, down leaves nothing, and what was released stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from config import Testing
from rmhr import create_app
from rmhr.core import schema
from rmhr.core.db import db
from rmhr.core.search.tables import compared
from rmhr.version import VERSION
from tests.support import kept
from tests.support.migrations import Steps
from tools import keep_database

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ROOT / "migrations" / "versions"


@pytest.fixture
def migrated(fresh_database, tmp_path):
    app = create_app(Testing(fresh_database, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def steps(tmp_path):
    """The migrations of today, to which a test may add."""
    return Steps(tmp_path)


@pytest.fixture
def app_with_steps(fresh_database, tmp_path, steps):
    """An application with these migrations on an empty database, in an app context."""
    app = create_app(Testing(fresh_database, tmp_path, MIGRATIONS=steps.folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_up_equals_the_models_and_down_leaves_nothing(migrated):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": compared}
        )
        assert compare_metadata(context, db.metadata) == []
        assert schema.look(connection, str(VERSIONS.parent)).is_fine, (
            "and so says the product's own comparison"
        )
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) <= {"alembic_version"}


@pytest.mark.usefixtures("migrated", "upgraded_database")
def test_the_constraints_are_there_too():
    inspector = sa.inspect(db.engine)
    for table in db.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        found = {str(c["name"]) for c in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name


# What was released.


@pytest.mark.once
@pytest.mark.parametrize(("name", "digest"), keep_database.released().items())
def test_what_was_released_is_not_edited(name, digest):
    path = ROOT / name
    assert path.exists(), f"{name} was released and is gone: take it back out of the history (git checkout)"
    assert keep_database.digest_of(path) == digest, (
        f"{name} was released as it was, and banks have databases that it made. Take that form back (git checkout), "
        "and say what has to change in a new migration: `flask --app wsgi db migrate -m …`."
    )


@pytest.mark.once
def test_each_release_left_its_database_and_froze_its_migrations():
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    told = [version for version in re.findall(r"^## (\d\S*)", log, re.MULTILINE) if version != VERSION]
    databases = {each.version: each for each in kept.all_kept()}
    assert set(told) == databases.keys() - {VERSION}, "`make keep` was not run before the version was changed"
    frozen = keep_database.released()
    for each in databases.values():
        assert f"tests/databases/{each.version}.sql" in frozen
    last = max(each.revision for each in databases.values())
    for path in VERSIONS.glob("*.py"):
        assert path.name > f"{last}_~" or path.relative_to(ROOT).as_posix() in frozen, path.name


@pytest.mark.once
def test_migrations_are_numbered_one_after_the_other_and_stand_alone():
    found = sorted(VERSIONS.glob("*.py"))
    for number, path in enumerate(found, 1):
        text = path.read_text(encoding="utf-8")
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", path.name), path.name
        assert f'revision = "{number:04}"' in text
        assert "rmhr" not in text, f"{path.name} must do the same whatever the code becomes"


# The database that is upgraded.


@pytest.mark.usefixtures("app_with_steps")
def test_a_table_that_is_made_anew_takes_no_other_rows_with_it(steps):
    """SQLite changes a column by making a new table; those that point to it must not notice."""
    steps.add(
        "0999",
        up='with op.batch_alter_table("unit") as batch: batch.alter_column("name", type_=sa.String(200))',
        down='with op.batch_alter_table("unit") as batch: batch.alter_column("name", type_=sa.Text())',
    )
    (oldest, *_) = kept.all_kept()
    upgrade(revision=oldest.revision)
    kept.load(oldest.sql)

    def rows():
        with db.engine.connect() as connection:
            return {
                table.name: connection.scalar(sa.select(sa.func.count()).select_from(table))
                for table in (
                    db.metadata.tables[name] for name in ("unit", "employee", "posting", "requisition")
                )
            }

    before = rows()
    assert all(before.values())
    upgrade()
    assert rows() == before
    downgrade(revision="-1")
    assert rows() == before
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1, (
                "from now on they hold again"
            )


@pytest.mark.sqlite
@pytest.mark.usefixtures("app_with_steps", "upgraded_database")
def test_a_step_that_leaves_a_row_without_its_other_half_is_undone(steps, caplog):
    before = steps.newest
    steps.add(
        "0999",
        up="op.execute(\"INSERT INTO user_role (id, user_id, role) VALUES (1, 4711, 'hr')\")",
    )
    with pytest.raises(SystemExit):
        upgrade()
    assert "a row of user_role that points to no row of user" in caplog.text
    with db.engine.connect() as connection:
        assert schema.revision_of(connection) == before
        assert connection.scalar(sa.text("SELECT count(*) FROM user_role")) == 0


@pytest.mark.usefixtures("app_with_steps")
def test_an_upgrade_says_where_the_database_is_now(steps, capsys):
    upgrade()
    assert capsys.readouterr().out == f"The database is at {steps.newest}.\n"
    upgrade()
    assert capsys.readouterr().out == f"The database is at {steps.newest}.\n"
    downgrade(revision="base")
    assert capsys.readouterr().out == "The database is at its beginning.\n"


@pytest.mark.usefixtures("app_with_steps", "upgraded_database")
@pytest.mark.parametrize("behind", [False, True])
def test_a_database_of_an_unknown_past_is_not_upgraded(app_with_steps, steps, behind, caplog):
    here = steps.newest
    if behind:
        steps.add("0999")
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE saved_view")

    with pytest.raises(SystemExit) as ended:
        upgrade()

    assert ended.value.code == 1
    assert f"The database says that it is at {here}, but its tables are not those of {here}" in caplog.text
    assert "no table saved_view" in caplog.text
    with db.engine.connect() as connection:
        assert schema.revision_of(connection) == here
    run = app_with_steps.test_cli_runner().invoke
    assert run(args=["db", "current"]).exit_code == 0, "looking is allowed"
    assert run(args=["db", "stamp", "head"]).exit_code == 0, (
        "and so is saying what it is, for who knows better"
    )


@pytest.mark.sqlite
@pytest.mark.usefixtures("app_with_steps", "upgraded_database")
def test_a_database_that_is_ahead_is_neither_upgraded_nor_taken_back(caplog):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    for move in (upgrade, lambda: downgrade(revision="base")):
        caplog.clear()
        with pytest.raises(SystemExit):
            move()
        assert "start the newer version that upgraded it" in caplog.text
