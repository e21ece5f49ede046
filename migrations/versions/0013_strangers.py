"""Sessions that end on the server, links that open once, counts by account, hosts that webhooks may call."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = ("apply", "link", "feed")


def upgrade() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    op.create_index(op.f("ix_sign_in_user_id_place"), "sign_in", ["user_id", "place"])
    op.create_index(op.f("ix_sign_in_seen_at"), "sign_in", ["seen_at"])
    op.create_table(
        "webhook_host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_host")),
        sa.UniqueConstraint("name", name=op.f("uq_webhook_host_name")),
    )
    op.add_column("private_link", sa.Column("used_at", sa.DateTime(), nullable=True))
    op.add_column("private_link", sa.Column("visit_until", sa.DateTime(), nullable=True))
    op.add_column("public_attempt", sa.Column("account", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("public_attempt") as batch:
        batch.alter_column("account", server_default=None)
    _kinds(*KINDS, "forgotten")


def downgrade() -> None:
    op.execute("DELETE FROM public_attempt WHERE kind = 'forgotten'")
    _kinds(*KINDS)
    for table, column in (
        ("public_attempt", "account"),
        ("private_link", "visit_until"),
        ("private_link", "used_at"),
    ):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
    op.drop_table("webhook_host")
    op.drop_table("sign_in")


def _kinds(*values: str) -> None:
    with op.batch_alter_table("public_attempt") as batch:
        batch.drop_constraint(op.f("ck_public_attempt_attemptkind"), type_="check")
        batch.create_check_constraint(op.f("ck_public_attempt_attemptkind"), sa.column("kind").in_(values))
