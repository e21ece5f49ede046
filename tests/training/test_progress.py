"""The state of a course follows from its dates: in Python for what is shown, in SQL for what is counted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.training import Assignment, AssignmentStatus
from rmhr.models.training import CourseState as S
from rmhr.training import grid, operations, queries
from rmhr.training.progress import OWED, RENEWAL_OPENS, progress_rows, state_in_sql, state_of, unsettled
from rmhr.training.workflow.assignments import ASSIGNMENTS
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
        states = db.session.execute(sa.select(rows.c.assignment_id, state_in_sql(rows.c)))
        found = {row[0]: row[1] for row in states}
    assert {id: S(value) for id, value in found.items()} == wanted


def test_a_renewal_does_not_take_away_what_is_still_held():
    with clock.at(clock.moment(TODAY, 12)):
        user = accounts.employee().user
        training.progress(user, "aml", valid_until=on(20))
        made = training.assignment("aml", user=user, cycle=2, due_on=on(20))
        row = db.session.execute(sa.select(progress_rows())).one()
        assert (row.valid_until, row.due_on, row.assignment_id) == (on(20), on(20), made.id)


#: What can become of the rounds of one course, day by day: a word for each thing that is done to one of them.
LIVES = (
    "pass renew pass",
    "pass renew pass renew pass",
    "pass renew pass revoke-newest pass renew",
    "pass renew pass revoke-first renew pass",
    "pass renew revoke-first pass",
    "pass renew drop require pass",
    "pass renew drop revoke-first require pass",
    "drop require pass revoke-newest drop",
    "pass renew pass revoke-newest revoke-first pass",
)


def _live(made: Assignment, deed: str) -> None:
    """Do that to the round which it concerns: the newest, unless it says so."""
    verb, _dash, which = deed.partition("-")
    rounds = [each for each in queries.assignments.all_of(made.user) if each.course_id == made.course_id]
    passed = [each for each in rounds if each.status is AssignmentStatus.PASSED]
    if verb == "renew":
        operations.rounds.renew(SYSTEM, rounds[-1])
    elif verb == "revoke":
        by = accounts.user(Role.COMPLIANCE)
        ASSIGNMENTS.perform(by, passed[0 if which == "first" else -1], "revoke", note="Not their own work")
    else:
        ASSIGNMENTS.perform(SYSTEM, rounds[-1], verb)


def _as_history_says(made: Assignment) -> tuple[int, date | None, date | None] | None:
    """(newest round, due, valid until) of everything that ever was of this course; None where nothing is required."""
    rounds = [each for each in queries.assignments.all_of(made.user) if each.course_id == made.course_id]
    counting = [each for each in rounds if each.status in (*OWED, AssignmentStatus.PASSED)]
    if not counting:
        return None
    due = [each.due_on for each in counting if each.status in OWED]
    held = [each.valid_until for each in counting if each.valid_until]
    return counting[-1].id, max(due, default=None), max(held, default=None)


@pytest.mark.parametrize("life", LIVES)
def test_what_counts_now_is_what_the_whole_history_says(life):
    viewer = accounts.user(Role.COMPLIANCE)
    made = training.assignment("aml")
    day = TODAY
    for deed in life.split():
        day += timedelta(days=330)
        with clock.at(clock.moment(day, 12)):
            _live(made, deed)
            rows = db.session.execute(sa.select(progress_rows())).all()
            found = [(row.assignment_id, row.due_on, row.valid_until) for row in rows]
            assert found == [said for said in [_as_history_says(made)] if said], (life, deed)
            states = [held.state for held in queries.standing.courses_of(made.user)]
            counted = grid.summary(viewer, queries.courses.in_force()).counts
            for group, members in grid.GROUPS.items():
                assert counted[group].duties == sum(state in members for state in states), (life, deed, group)


def test_what_is_unsettled_is_what_is_not_simply_valid():
    with clock.at(clock.moment(TODAY, 12)):
        for number, (due, valid, failed, blocked) in enumerate(
            product(
                (None, -3, 0, 8, 40),
                (None, -1, 0, RENEWAL_OPENS, RENEWAL_OPENS + 1),
                (True, False),
                (True, False),
            )
        ):
            _standing_in(("aml", "ethics")[number % 2], due, valid, failed, blocked)
        rows = progress_rows()
        whole = {
            (row.user_id, row.course_id): (row.due_on, row.valid_until, row.blocked, row.failed, row[-1])
            for row in db.session.execute(sa.select(rows, state_in_sql(rows.c)))
        }
        near = on(RENEWAL_OPENS)
        wanted = {pair: said for pair, said in whole.items() if said[0] is not None or said[1] <= near}
        rows = unsettled()
        found = {
            (row.user_id, row.course_id): (row.due_on, row.valid_until, row.blocked, row.failed, row[-1])
            for row in db.session.execute(sa.select(rows, state_in_sql(rows.c)))
        }
    assert found == wanted
    assert len(found) < len(whole)


def _standing_in(code: str, due: int | None, valid: int | None, failed: bool, blocked: bool) -> None:
    """Somebody who holds a course until that day, and owes it until the other one."""
    user = accounts.employee().user
    if valid is not None:
        training.progress(user, code, valid_until=on(valid))
    if due is None:
        return
    owed = training.progress(user, code, due_on=on(due), failed=failed, cycle=1 if valid is None else 2)
    if blocked:
        assert queries.people.unlock_by(
            owed.user
        )  # reads what the transition needs before it changes anything
        ASSIGNMENTS.perform(SYSTEM, owed, "block")
        db.session.commit()
