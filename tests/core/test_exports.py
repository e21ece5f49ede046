"""How a list was taken home is remembered once, also where one person takes two at the same moment."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.accounts.lists import PEOPLE
from rmhr.core.db import db
from rmhr.core.lists import exports
from rmhr.core.lists.selection import Chosen, Selection
from rmhr.models.accounts import Role, User
from rmhr.models.workspace import ExportChoice, FileKind, Separator
from tests.factories import accounts
from tests.support.elsewhere import at_once, elsewhere, meet_before

pytestmark = pytest.mark.both


def test_two_first_exports_at_once_are_both_told_and_remembered_once(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            number = accounts.user(Role.HR).id
            db.session.commit()

        def take_home() -> bool:
            person = db.session.get_one(User, number)
            exports.export(
                person,
                person,
                selection=Selection(PEOPLE, person, Chosen()),
                rows=1,
                kind=FileKind.CSV,
                separator=Separator.COMMA,
                every_column=False,
            )
            db.session.commit()
            return True

        with app.app_context():
            if db.engine.dialect.name == "postgresql":  # SQLite lets one of two writers begin at a time
                meet_before(db.engine, 'FROM "user"')
        assert at_once(app, take_home, take_home) == [True, True]
        with app.app_context():
            assert len(db.session.scalars(sa.select(ExportChoice)).all()) == 1
