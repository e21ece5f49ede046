"""Many rows at once: copies of a row, written by one statement for each table, without a history of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import Employee, Role, User
from rmhr.models.applications import Application
from rmhr.models.interviews import Interview
from rmhr.models.postings import Posting
from rmhr.models.system import ActorKind, AuditEntry

from . import numbers


def copies(row: Any, count: int, **given: Sequence[Any] | Callable[[int], Any] | Any) -> list[int]:
    """Store `count` rows like this one and return their ids. A list in `given` is dealt out, a function is asked.

    Text that must be unique becomes so by itself. What stays the same is copied by the database.
    """
    mapper = sa.inspect(type(row))
    table = mapper.local_table
    columns = {each.key: each.columns[0] for each in mapper.column_attrs}
    given["id"] = _fresh_ids(table, count)
    for key, column in columns.items():
        if column.unique and key not in given and isinstance(getattr(row, key), str):
            given[key] = [f"copy{next(numbers)}-{getattr(row, key)}" for _n in range(count)]
    chosen = [
        sa.bindparam(f"new_{key}", type_=column.type) if key in given else column
        for key, column in columns.items()
    ]
    copied = sa.select(*chosen).where(table.c.id == row.id)
    statement = sa.insert(table).from_select([each.name for each in columns.values()], copied, False)
    dealt = [{f"new_{key}": _dealt(value, n) for key, value in given.items()} for n in range(count)]
    db.session.connection().execute(statement, dealt)
    return given["id"]


def _dealt(value: Any, n: int) -> Any:
    if callable(value):
        return value(n)
    return value[n] if isinstance(value, list) else value


def _fresh_ids(table: Any, count: int) -> list[int]:
    """Numbers that no row has; PostgreSQL goes on counting behind them."""
    db.session.flush()
    last = db.session.scalar(sa.select(sa.func.max(table.c.id))) or 0
    if db.session.get_bind().dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        db.session.execute(sa.select(sa.func.setval(sequence, last + count)))
    return list(range(last + 1, last + count + 1))


def people(like: User, count: int) -> list[int]:
    """Colleagues with the roles of this one."""
    made = copies(like, count, name=lambda _n: f"Colleague {next(numbers)}")
    for row in like.role_rows:
        copies(row, count, user_id=made)
    return made


def employees(like: Employee, count: int) -> list[int]:
    """People who work where this one does: in a unit of their own, led by the same person. Returns the people."""
    made = people(like.user, count)
    copies(
        like, count, user_id=made, unit_id=copies(like.unit, count, name=lambda _n: f"Unit {next(numbers)}")
    )
    return made


def postings(like: Posting, count: int) -> list[int]:
    """Postings like this one, each with a unit, a requisition, a version and people of its own."""
    made = copies(
        like,
        count,
        unit_id=copies(like.unit, count, name=lambda _n: f"Unit {next(numbers)}"),
        requisition_id=copies(like.requisition, count),
        hiring_manager_id=people(like.hiring_manager, count),
        recruiter_id=people(like.recruiter, count),
    )
    copies(like.current, count, posting_id=made)
    return made


def applications(like: Application, count: int, **given: Any) -> list[int]:
    """Applications like this one, each of somebody else and with a document of its own."""
    return copies(
        like,
        count,
        applicant_id=copies(
            like.applicant, count, email=lambda _n: f"applicant{next(numbers)}@example.org", user_id=None
        ),
        name=lambda _n: f"Applicant {next(numbers)}",
        cv_id=copies(like.cv, count),
        **given,
    )


def applications_elsewhere(like: Application, count: int) -> list[int]:
    """The same, each to a posting of its own."""
    return applications(like, count, posting_id=postings(like.posting, count))


def interviews(like: Interview, count: int) -> list[int]:
    """Interviews like this one, each for an application of its own, with the same panel."""
    made = copies(like, count, application_id=applications_elsewhere(like.application, count))
    for seat in like.seats:
        copies(seat.scorecard, count, seat_id=copies(seat, count, interview_id=made))
    for question in like.questions:
        copies(question, count, interview_id=made)
    return made


def history(subject: Any, count: int, action: str) -> None:
    """Entries about this thing, each by somebody else."""
    from .accounts import user

    one = AuditEntry(
        actor_kind=ActorKind.USER,
        action=action,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        changes={},
    )
    db.session.add(one)
    db.session.flush()
    copies(one, count, actor_id=people(user(Role.HR), count))
