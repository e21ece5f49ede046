"""A way back for certificates, sessions, ladders and plans; who did what; what waits for a course or a sign-off."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

#: (table, name of the check, the statuses until now, those that are new)
STATUSES = (
    ("assignment", "assignmentstatus", ("open", "passed", "blocked"), ("revoked", "dropped")),
    ("attempt", "attemptstatus", ("running", "passed", "failed"), ("abandoned",)),
    ("shadowing_programme", "programmestatus", ("active", "signed_off"), ("called_off",)),
    ("onboarding_plan", "planstatus", ("active", "completed"), ("called_off",)),
)
MARKED = "(submitted_at IS NOT NULL AND score IS NOT NULL)"
#: Days: until an exam that was begun is handed in, and the last one of the last phase of a plan.
HAND_IN, LAST = 7, 180


def upgrade() -> None:
    for table, name, old, new in STATUSES:
        _check(table, name, (*old, *new))
    _marked(f"status IN ('running', 'abandoned') OR {MARKED}")
    _add("attempt", sa.Column("hand_in_by", sa.Date(), nullable=True))
    _add("attempt_answer", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    _add("certificate", sa.Column("revoked_on", sa.Date(), nullable=True))
    _person("certificate", "revoked_by_id")
    _person("shadowing_programme", "signed_off_by_id")
    _person("shadowing_session", "confirmed_by_id")
    _add("onboarding_plan", sa.Column("complete_by", sa.Date(), nullable=True))
    _add("onboarding_plan", sa.Column("signed_off_on", sa.Date(), nullable=True))
    _add("onboarding_task", sa.Column("course_passed_on", sa.Date(), nullable=True))
    for table in ("onboarding_task", "task_template"):
        _add(table, sa.Column("requires", sa.JSON(), nullable=False, server_default="[]"))
    _fill()
    for table, column in (("attempt", "hand_in_by"), ("onboarding_plan", "complete_by")):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.Date(), nullable=False)


def downgrade() -> None:
    _empty()
    for table in ("task_template", "onboarding_task"):
        _drop(table, "requires")
    _drop("onboarding_task", "course_passed_on")
    _drop("onboarding_plan", "signed_off_on")
    _drop("onboarding_plan", "complete_by")
    _nobody("shadowing_session", "confirmed_by_id")
    _nobody("shadowing_programme", "signed_off_by_id")
    _nobody("certificate", "revoked_by_id")
    _drop("certificate", "revoked_on")
    _drop("attempt_answer", "version")
    _drop("attempt", "hand_in_by")
    _marked(f"status = 'running' OR {MARKED}")
    for table, name, old, _new in STATUSES:
        _check(table, name, old)


def _check(table: str, name: str, values: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.column("status").in_(values))


def _marked(condition: str) -> None:
    with op.batch_alter_table("attempt") as batch:
        batch.drop_constraint(op.f("ck_attempt_marked"), type_="check")
        batch.create_check_constraint(op.f("ck_attempt_marked"), sa.text(condition))


def _add(table: str, column: sa.Column) -> None:
    op.add_column(table, column)


def _drop(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_column(column)


def _person(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(f"fk_{table}_{column}"), "user", [column], ["id"], ondelete="RESTRICT")
        batch.create_index(op.f(f"ix_{table}_{column}"), [column])


def _nobody(table: str, column: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_index(op.f(f"ix_{table}_{column}"))
        batch.drop_constraint(op.f(f"fk_{table}_{column}"), type_="foreignkey")
        batch.drop_column(column)


def _table(name: str, **columns: type) -> sa.TableClause:
    return sa.table(name, sa.column("id", sa.Integer), *(sa.column(each, of) for each, of in columns.items()))


def _fill() -> None:
    """What follows from what is stored: days, who confirmed, and what a course has really done."""
    connection = op.get_bind()
    attempt = _table("attempt", started_at=sa.DateTime, hand_in_by=sa.Date)
    for id, started in connection.execute(sa.select(attempt.c.id, attempt.c.started_at)).all():
        _set(attempt, id, hand_in_by=_day(started) + timedelta(days=HAND_IN))
    plan = _table("onboarding_plan", starts_on=sa.Date, complete_by=sa.Date, status=sa.Text)
    for id, starts in connection.execute(sa.select(plan.c.id, plan.c.starts_on)).all():
        _set(plan, id, complete_by=starts + timedelta(days=LAST))
    # Only hosts could confirm.
    session = _table("shadowing_session", host_id=sa.Integer, confirmed_by_id=sa.Integer, status=sa.Text)
    op.execute(
        sa.update(session).where(session.c.status == "confirmed").values(confirmed_by_id=session.c.host_id)
    )
    # A supervisor's decision that a course had ticked was taken by nobody: it is owed.
    task = _table(
        "onboarding_task",
        plan_id=sa.Integer,
        course_code=sa.Text,
        owner_role=sa.Text,
        status=sa.Text,
        done_at=sa.DateTime,
        done_by_id=sa.Integer,
        course_passed_on=sa.Date,
    )
    ticked = sa.and_(task.c.course_code != "", task.c.status == "done", task.c.done_by_id.is_(None))
    under_way = sa.select(plan.c.id).where(plan.c.status == "active")
    found = connection.execute(
        sa.select(task.c.id, task.c.done_at, task.c.owner_role, task.c.plan_id.in_(under_way)).where(ticked)
    ).all()
    for id, done, owner, active in found:
        _set(task, id, course_passed_on=_day(done))
        if owner != "new_rm" and active:
            _set(task, id, status="open", done_at=None)


def _empty() -> None:
    """What the former version cannot say, as near as it can."""
    connection = op.get_bind()
    assignment = _table("assignment", status=sa.Text, passed_on=sa.Date, valid_until=sa.Date)
    certificate = _table("certificate", assignment_id=sa.Integer, issued_on=sa.Date, valid_until=sa.Date)
    revoked = connection.execute(
        sa.select(assignment.c.id, certificate.c.issued_on, certificate.c.valid_until)
        .join(certificate, certificate.c.assignment_id == assignment.c.id)
        .where(assignment.c.status == "revoked")
    ).all()
    for id, issued, until in revoked:
        _set(assignment, id, status="passed", passed_on=issued, valid_until=until)
    op.execute(sa.update(assignment).where(assignment.c.status == "dropped").values(status="open"))
    attempt = _table(
        "attempt", status=sa.Text, started_at=sa.DateTime, submitted_at=sa.DateTime, score=sa.Integer
    )
    op.execute(
        sa.update(attempt)
        .where(attempt.c.status == "abandoned")
        .values(status="failed", submitted_at=attempt.c.started_at, score=0)
    )
    for name, status in (("shadowing_programme", "active"), ("onboarding_plan", "completed")):
        its = _table(name, status=sa.Text)
        op.execute(sa.update(its).where(its.c.status == "called_off").values(status=status))


def _set(table: sa.TableClause, id: int, **values: object) -> None:
    op.get_bind().execute(sa.update(table).where(table.c.id == id).values(**values))


def _day(moment: datetime | str) -> date:
    return (datetime.fromisoformat(moment) if isinstance(moment, str) else moment).date()
