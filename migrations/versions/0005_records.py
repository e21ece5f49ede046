"""Copies of what was concluded, and the names of the day in the history."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "system",
                "user",
                "applicant",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("kind", "subject_id", "edition", name=op.f("uq_record_kind_subject_id_edition")),
    )
    # What was written before does not know the names of its day.
    op.add_column("audit_entry", sa.Column("actor_name", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("audit_entry", "actor_name")
    op.drop_table("record")
