"""The state of a course follows from its dates: in Python for what is shown, in SQL for what is counted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.training import CourseState as S
from rmhr.training.progress import progress_rows, state_in_sql, state_of
from tests.factories import accounts, training

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.both


def on(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("due", "valid", "blocked", "failed", "state"),
    [
        (-1, None, False, False, S.LATE),
        (-1, None, False, True, S.LATE),
        (0, None, False, False, S.SOON),
        (7, None, False, False, S.SOON),
        (5, None, False, True, S.FAILED),
        (8, None, False, False, S.OPEN),
        (30, None, False, False, S.OPEN),
        (31, None, False, False, S.NOT_DUE),
        (40, None, True, True, S.FAILED),
        (None, 61, False, False, S.VALID),
        (None, 60, False, False, S.EXPIRING),
        (0, 0, False, False, S.EXPIRING),
        (-1, -1, False, False, S.EXPIRED),
        (None, -1, False, False, S.EXPIRED),
        (20, 20, True, True, S.FAILED),
    ],
)
def test_what_follows_from_the_dates(due, valid, blocked, failed, state):
    assert state_of(on(due), on(valid), blocked, failed, TODAY) is state


def test_sql_and_python_say_the_same():
    codes = ["aml", "compliance", "ethics", "mifid", "customer_service", "data_protection"]
    wanted = {}
    with clock.at(clock.moment(TODAY, 12)):
        for number, (days, failed, held) in enumerate(
            product((-3, 0, 7, 8, 30, 31), (True, False), (True, False))
        ):
            user = accounts.user()
            made = training.progress(
                user,
                codes[number % len(codes)],
                due_on=on(days),
                valid_until=on(days * 2) if held else None,
                failed=failed and not held,
            )
            wanted[made.id] = state_of(
                None if held else on(days), on(days * 2) if held else None, False, failed and not held, TODAY
            )
        rows = progress_rows()
        states = db.session.execute(sa.select(rows.c.assignment_id, state_in_sql(rows.c, TODAY)))
        found = {row[0]: row[1] for row in states}
    assert {id: S(value) for id, value in found.items()} == wanted


def test_a_renewal_does_not_take_away_what_is_still_held():
    with clock.at(clock.moment(TODAY, 12)):
        user = accounts.employee().user
        training.progress(user, "aml", valid_until=on(20))
        made = training.assignment("aml", user=user, cycle=2, due_on=on(20))
        row = db.session.execute(sa.select(progress_rows())).one()
        assert (row.valid_until, row.due_on, row.assignment_id) == (on(20), on(20), made.id)
