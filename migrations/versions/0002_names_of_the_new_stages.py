"""What is stored by name follows the stages: requisitions, sourcing and today have names of their own."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Kinds of messages.
KINDS = {
    "postings.requisition_asked": "requisitions.asked",
    "postings.requisition_changed": "requisitions.changed",
    "postings.requisition_approved": "requisitions.approved",
    "postings.requisition_rejected": "requisitions.rejected",
    "postings.requisition_held": "requisitions.held",
    "postings.recommended": "sourcing.recommended",
    "reminders.ask": "today.ask",
}
#: Kinds of due things.
SOURCES = {"postings.decide": "requisitions.decide"}
#: Jobs of the scheduler.
JOBS = {
    "postings.free_positions": "requisitions.free_positions",
    "postings.forget_referrals": "sourcing.forget_referrals",
}
COLUMNS = (
    ("message", "kind", KINDS),
    *(
        (table, "source", SOURCES)
        for table in ("reminder", "reminder_rule", "reminder_stop", "snooze", "ask")
    ),
    *((table, "job", JOBS) for table in ("job_run", "job_pause")),
)


def upgrade() -> None:
    """Former name → present name. The history is never rewritten: it reads former names (former_names.py)."""
    for table, column, names in COLUMNS:
        _rename(table, column, names)
    _rename_silent(SOURCES)


def downgrade() -> None:
    for table, column, names in COLUMNS:
        _rename(table, column, {new: old for old, new in names.items()})
    _rename_silent({new: old for old, new in SOURCES.items()})


def _rename(table: str, column: str, names: dict[str, str]) -> None:
    its = sa.table(table, sa.column(column, sa.Text))
    for old, new in names.items():
        op.execute(sa.update(its).where(its.c[column] == old).values({column: new}))


def _rename_silent(names: dict[str, str]) -> None:
    """The kinds that people do not want as mail stand in a list."""
    its = sa.table("reminder_preference", sa.column("id", sa.Integer), sa.column("silent", sa.JSON))
    connection = op.get_bind()
    for id, silent in connection.execute(sa.select(its.c.id, its.c.silent)).all():
        kinds = json.loads(silent) if isinstance(silent, str) else silent
        if any(kind in names for kind in kinds):
            renamed = [names.get(kind, kind) for kind in kinds]
            connection.execute(sa.update(its).where(its.c.id == id).values(silent=renamed))
