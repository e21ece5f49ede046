"""How each person last took a list home."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "export_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("filekind", "xlsx", "csv"), nullable=False),
        sa.Column("separator", _choice("separator", "semicolon", "comma", "tab"), nullable=False),
        sa.Column("every_column", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_export_choice_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_choice")),
        sa.UniqueConstraint("user_id", name=op.f("uq_export_choice_user_id")),
    )


def downgrade() -> None:
    op.drop_table("export_choice")
