"""Roles that only two people together can give."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "role_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            _enum("role", "admin", "hr", "interviewer", "supervisor", "mentor", "rm", "compliance"),
            nullable=False,
        ),
        sa.Column(
            "status",
            _enum("rolerequeststatus", "asked", "given", "declined", "withdrawn"),
            nullable=False,
        ),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("user_id != asked_by_id", name=op.f("ck_role_request_not_for_oneself")),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR (decided_by_id != user_id AND decided_by_id != asked_by_id)",
            name=op.f("ck_role_request_second_person"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('given', 'declined') OR decided_by_id IS NOT NULL",
            name=op.f("ck_role_request_decided_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_role_request_asked_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_role_request_decided_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_role_request_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_request")),
    )
    for column in ("user_id", "status", "asked_by_id", "decided_by_id"):
        op.create_index(op.f(f"ix_role_request_{column}"), "role_request", [column])
    op.create_index(
        "uq_role_request_user_id_role",
        "role_request",
        ["user_id", "role"],
        unique=True,
        sqlite_where=sa.text("status = 'asked'"),
        postgresql_where=sa.text("status = 'asked'"),
    )


def downgrade() -> None:
    op.drop_table("role_request")
