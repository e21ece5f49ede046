"""The demo bank: whatever day it is opened on, it looks like one that works."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from config import Testing
from rmhr import create_app
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.calendar import is_working_day
from rmhr.demo.building import REGION, working_day_back
from rmhr.demo.interviews import MEETINGS, PLANNED_AT
from rmhr.models.system import ActorKind, AuditEntry

pytestmark = [pytest.mark.once, pytest.mark.sqlite]

#: Easter Monday: three days off lie behind it, and a Friday.
DAY_OFF = date(2027, 3, 29)
#: No interview of the demo bank lasts longer.
LONGEST = timedelta(minutes=75)


def test_on_whatever_day_it_is_built_nobody_interviews_two_people_at_a_time() -> None:
    for ahead in range(2 * 365):
        with clock.at(clock.moment(DAY_OFF + timedelta(days=ahead), 11)):
            busy: dict[str, list[datetime]] = {}
            for meeting in MEETINGS:
                invited = clock.moment(working_day_back(meeting.planned), *PLANNED_AT)
                begins = clock.moment(working_day_back(meeting.held), meeting.hour, meeting.minute)
                assert begins > invited, (clock.today(), meeting.who)
                for name in meeting.panel:
                    others = busy.setdefault(name, [])
                    assert all(abs(begins - other) >= LONGEST for other in others), (clock.today(), name)
                    others.append(begins)


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
