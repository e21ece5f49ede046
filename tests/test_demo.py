"""The demo bank: whatever day it is opened on, it looks like one that works."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from config import Testing
from rmhr import create_app
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.calendar import is_working_day
from rmhr.demo.building import REGION
from rmhr.models.system import ActorKind, AuditEntry

pytestmark = [pytest.mark.once, pytest.mark.sqlite]

#: Easter Monday: three days off lie behind it, and a Friday.
DAY_OFF = date(2027, 3, 29)


def test_nobody_works_on_weekends_and_holidays(upgraded_database: str, tmp_path: Path) -> None:
    app = create_app(Testing(upgraded_database, tmp_path))
    with app.app_context(), clock.at(clock.moment(DAY_OFF, 11)):
        app.test_cli_runner(catch_exceptions=False).invoke(args=["demo", "build"])
        done = db.session.execute(
            sa.select(AuditEntry.at, AuditEntry.action).where(AuditEntry.actor_kind == ActorKind.USER)
        ).all()
        db.session.remove()
        db.engine.dispose()
    assert len(done) > 500
    assert [(action, at) for at, action in done if not is_working_day(clock.local(at).date(), REGION)] == []
