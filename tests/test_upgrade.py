"""Databases of every earlier version, with the demo bank in them: upgraded, opened, taken back."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from rmhr.accounts import passwords
from rmhr.core import clock, registry, schema
from rmhr.core.db import db
from rmhr.core.history import seal
from rmhr.core.search.tables import compared
from rmhr.duties import content
from rmhr.duties.queries import texts
from rmhr.models.accounts import Role, User
from rmhr.models.duties import TextKind
from rmhr.models.reminders import ReminderPreference
from rmhr.models.system import Message
from tests.support import kept
from tools.shots import tour

KEPT = kept.all_kept()
#: Each further version would cost another tour through all pages: the others stand between these two.
WALKED = [pytest.param(KEPT[0], marks=pytest.mark.sqlite), KEPT[-1]]
#: How many pages somebody of that role opens at least; a tour that meets only closed doors proves nothing.
ENOUGH = {role.value: 15 for role in Role} | {tour.VISITOR: 8, tour.APPLICANT: 2}


def name(each: kept.Kept) -> str:
    return each.version


def counts() -> dict[str, int]:
    """How many rows each table has, whichever there are, but for those that an upgrade fills from the others."""
    derived = {name for name, table in db.metadata.tables.items() if table.info.get("derived")}
    with db.engine.connect() as connection:
        return {
            table: connection.scalar(sa.text(f'SELECT count(*) FROM "{table}"')) or 0
            for table in sa.inspect(connection).get_table_names()
            if table not in derived
        }


#: Which columns hold names of things that the product declares.
NAMED = {
    "message": ("kind", None),
    "reminder": ("source", registry.SOURCES),
    "reminder_rule": ("source", registry.SOURCES),
    "snooze": ("source", registry.SOURCES),
    "ask": ("source", registry.SOURCES),
    "job_run": ("job", registry.JOBS),
}


def called_as_then(called: str) -> None:
    """Store a name of before where the bank that was kept has stored none."""
    with db.engine.begin() as connection:
        person = connection.scalar(sa.text('SELECT min(id) FROM "user"'))
        connection.execute(
            sa.text(
                "INSERT INTO reminder_stop (source, reason, stopped_by_id, created_at, updated_at)"
                " VALUES (:source, 'x', :by, '2026-11-01', '2026-11-01')"
            ),
            {"by": person, "source": called},
        )
        connection.execute(
            sa.text("UPDATE reminder_preference SET silent = :kinds"),
            {"kinds": f'["{called}", "onboarding.own"]'},
        )


def stopped() -> Sequence[str]:
    """Of what reminders are stopped, as it is stored."""
    with db.engine.connect() as connection:
        return connection.scalars(sa.text("SELECT source FROM reminder_stop")).all()


def is_called_as_today(app: Flask) -> None:
    """Fails where something is stored by a name that nothing has now."""
    notices = {template.replace("/emails/", ".")[:-5] for template in app.jinja_env.list_templates()}
    for table, (column, known) in NAMED.items():
        found = set(db.session.scalars(sa.text(f"SELECT DISTINCT {column} FROM {table}")))
        declared = notices if known is None else set(known)
        assert found <= declared, f"{table}: {found - declared}"
    silent = {tuple(each.silent) for each in db.session.scalars(sa.select(ReminderPreference))}
    assert silent == {("requisitions.decide", "onboarding.own")}


@pytest.mark.parametrize("old", KEPT, ids=name)
def test_it_becomes_what_the_models_say_and_goes_back(old, fresh_database, tmp_path):
    """One way up and down for all that is to be seen on it: the way costs more than the looking."""
    with kept.opened(old, fresh_database, tmp_path) as app, app.app_context():
        migrations = app.extensions["migrate"].directory
        called = "postings.decide" if old.version == "0.1.0" else "requisitions.decide"
        called_as_then(called)
        before = counts()
        upgrade()
        with db.engine.connect() as connection:
            found = schema.look(connection, migrations)
            assert found.is_fine, found.details
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_object": compared}
            )
            assert compare_metadata(context, db.metadata) == []
        assert seal.verify().holds, "the history says what it said"
        anna = db.session.scalars(sa.select(User).where(User.email == "anna.kessler@bank.example")).one()
        assert passwords.fits(app.config["DEMO_PASSWORD"], anna.password_hash), "who could sign in still can"
        is_called_as_today(app)
        db.session.rollback()
        assert stopped() == ["requisitions.decide"]

        downgrade(revision=old.revision)
        assert counts() == before
        assert stopped() == [called]
        with db.engine.connect() as connection:
            found = schema.look(connection, migrations)
            assert (found.revision, found.differences) == (old.revision, ())
        downgrade(revision="base")
        assert counts().keys() <= {"alembic_version"}


def test_new_letters_are_in_force_once_its_content_is_loaded_and_leave_its_mail_when_it_goes_back(
    fresh_database, tmp_path
):
    old = next(each for each in KEPT if each.version == "0.6.0")  # the last without them
    own = sa.text("SELECT count(*) FROM bank_text WHERE approved_by_id IS NOT NULL")
    with kept.opened(old, fresh_database, tmp_path) as app, app.app_context():
        upgrade()
        approved = db.session.scalar(own)
        content.load()
        letters = [kind for kind in TextKind if kind.is_letter]
        by_the_product = [kind for kind in letters if texts.in_force(kind).approved_at is None]
        assert TextKind.INTERVIEW_CANCELLED in by_the_product
        assert TextKind.REJECTION not in by_the_product, "two people of the bank have approved that one"
        told = db.session.scalar(
            sa.select(Message).where(Message.kind == "applications.shortlisted").limit(1)
        )
        told.text_id = texts.id_in_force(TextKind.SHORTLIST)
        mail = told.id
        db.session.commit()

        downgrade(revision=old.revision)
        with db.engine.connect() as connection:
            kinds = connection.scalars(sa.text("SELECT DISTINCT kind FROM bank_text")).all()
            text_id = sa.text("SELECT text_id FROM message WHERE id = :id")
            assert connection.execute(text_id, {"id": mail}).all() == [(None,)]
            assert connection.scalar(own) == approved
        assert not {"shortlist", "interview_cancelled"} & set(kinds)


@pytest.mark.timeout(900)  # hundreds of pages, also where the machine has other things to do
@pytest.mark.parametrize("old", WALKED, ids=name)
def test_every_page_opens_on_it(old, fresh_database, tmp_path, caplog):
    with kept.opened(old, fresh_database, tmp_path, TESTING=False) as app:
        with app.app_context():
            upgrade()
        caplog.set_level(logging.CRITICAL, "rmhr.request")
        with clock.at(clock.moment(old.day, 9)):
            seen = tour.plan(app, lambda _endpoint: True, set(), tried=1)
    assert [problem for problem in seen.problems if " answers " in problem] == []
    opened = {role: len([stop for stop in seen.stops if stop.role == role]) for role in ENOUGH}
    assert {role: number for role, number in opened.items() if number < ENOUGH[role]} == {}, opened
