"""The words by which things are found, and indexes that lists are ordered by.

What fills and follows them (virtual tables, triggers) is of the version that runs, not of a step: migrations/env.py
makes it when all steps are done, and indexes what is there.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WORDS = {
    "user_search": "user",
    "application_search": "application",
    "candidate_search": "application",
    "goal_search": "goal",
}
#: What lists begin with, by table.
ORDERED = {
    "application": "received_at",
    "audit_entry": "at",
    "development_item": "due_on",
    "goal": "due_on",
    "offer": "created_at",
    "onboarding_plan": "starts_on",
    "posting": "created_at",
    "referral": "created_at",
    "requisition": "created_at",
    "review": "meeting_due_on",
    "shadowing_programme": "starts_on",
    "webhook_delivery": "created_at",
}


def upgrade() -> None:
    for table, column in ORDERED.items():
        op.create_index(op.f(f"ix_{table}_{column}_id"), table, [column, "id"])
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    out_of_step = sa.text("words IS NULL")
    for table, of in WORDS.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("words", TSVECTOR() if on_postgresql else sa.Text(), nullable=True),
            sa.ForeignKeyConstraint(["id"], [f"{of}.id"], name=op.f(f"fk_{table}_id"), ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        op.create_index(
            op.f(f"ix_{table}_stale"), table, ["id"], sqlite_where=out_of_step, postgresql_where=out_of_step
        )
        if on_postgresql:
            op.create_index(op.f(f"ix_{table}_words"), table, ["words"], postgresql_using="gin")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _drop_functions()
    for table in WORDS:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TABLE IF EXISTS fts_{table}")
        op.drop_table(table)
    for table, column in ORDERED.items():
        op.drop_index(op.f(f"ix_{table}_{column}_id"), table_name=table)


def _drop_functions() -> None:
    """With the triggers that call them."""
    names = op.get_bind().scalars(
        sa.text(
            "SELECT proname FROM pg_proc WHERE proname LIKE 'search\\_%' AND prorettype = 'trigger'::regtype "
            "AND pronamespace = current_schema()::regnamespace"
        )
    )
    for name in names.all():
        op.execute(f"DROP FUNCTION {name}() CASCADE")
