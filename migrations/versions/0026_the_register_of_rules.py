"""The register of legal and practice rules, and the checks by which somebody has said that each still holds."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registered_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("authority", _one_of("authority", "law", "practice", "bank"), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("reads", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("owner_role", _one_of("owner", "compliance", "hr", "admin"), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("look_again_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("outcome", _outcome(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(checked_on IS NULL) = (outcome IS NULL)",
            name=op.f("ck_registered_rule_checked_with_an_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_registered_rule_owner_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registered_rule")),
        sa.UniqueConstraint("name", name=op.f("uq_registered_rule_name")),
    )
    op.create_index(op.f("ix_registered_rule_owner_id"), "registered_rule", ["owner_id"])
    op.create_index(
        op.f("ix_registered_rule_look_again_on_retired_on"),
        "registered_rule",
        ["look_again_on", "retired_on"],
    )
    op.create_table(
        "rule_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("outcome", _outcome(), nullable=False),
        sa.Column("looked_at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("reads", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("next_on > checked_on", name=op.f("ck_rule_check_next_after_the_check")),
        sa.CheckConstraint("outcome = 'holds' OR note <> ''", name=op.f("ck_rule_check_says_what_is_other")),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["registered_rule.id"], name=op.f("fk_rule_check_rule_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_rule_check_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_check")),
        sa.UniqueConstraint("rule_id", "number", name=op.f("uq_rule_check_rule_id_number")),
    )
    op.create_index(op.f("ix_rule_check_by_id"), "rule_check", ["by_id"])


def downgrade() -> None:
    op.drop_table("rule_check")
    op.drop_table("registered_rule")


def _outcome() -> sa.Enum:
    return _one_of("checkoutcome", "holds", "changed", "ended")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
