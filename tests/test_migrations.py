"""Migrations: up is what the models say, down leaves nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from config import Testing
from rmhr import create_app
from rmhr.core.db import db


@pytest.fixture
def migrated(fresh_database, tmp_path):
    app = create_app(Testing(fresh_database, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_up_equals_the_models_and_down_leaves_nothing(migrated):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) <= {"alembic_version"}


def test_the_constraints_are_there_too(migrated):
    upgrade()
    inspector = sa.inspect(db.engine)
    for table in db.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        found = {str(c["name"]) for c in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name
