"""Scenarios that are asked and rated in interviews, rounds with one interviewer, and what is looked at in shadowing."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ANSWERS = "ix_rating_answers"
ONE_OF_EACH = "uq_rating_scorecard_id_competency_id"


def upgrade() -> None:
    with op.batch_alter_table("round") as batch:
        batch.add_column(sa.Column("interviewers", sa.Integer(), nullable=False, server_default="2"))
        batch.add_column(sa.Column("scenarios", sa.JSON(), nullable=False, server_default="[]"))
        batch.create_check_constraint(op.f("ck_round_somebody_interviews"), "interviewers > 0")
    _scenarios()
    with op.batch_alter_table("rating") as batch:
        batch.add_column(sa.Column("scenario_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_rating_scenario_id"), "scenario", ["scenario_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_index(op.f("ix_rating_scenario_id"), ["scenario_id"])
        batch.drop_constraint(op.f(ONE_OF_EACH), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_rating_scorecard_id_scenario_id"), ["scorecard_id", "scenario_id"]
        )
    alone = sa.text("scenario_id IS NULL")
    op.create_index(
        ANSWERS,
        "rating",
        ["scorecard_id", "competency_id"],
        unique=True,
        sqlite_where=alone,
        postgresql_where=alone,
    )
    _checklist()


def downgrade() -> None:
    op.drop_table("observation")
    op.drop_table("checklist_item")
    # The former version knows one rating of a competency: that of the answers.
    op.execute(sa.text("DELETE FROM rating WHERE scenario_id IS NOT NULL"))
    op.drop_index(ANSWERS, table_name="rating")
    with op.batch_alter_table("rating") as batch:
        batch.drop_constraint(op.f("uq_rating_scorecard_id_scenario_id"), type_="unique")
        batch.drop_index(op.f("ix_rating_scenario_id"))
        batch.drop_constraint(op.f("fk_rating_scenario_id"), type_="foreignkey")
        batch.drop_column("scenario_id")
        batch.create_unique_constraint(op.f(ONE_OF_EACH), ["scorecard_id", "competency_id"])
    for table in ("kit_scenario", "scenario_anchor", "scenario_case", "scenario"):
        op.drop_table(table)
    with op.batch_alter_table("round") as batch:
        batch.drop_constraint(op.f("ck_round_somebody_interviews"), type_="check")
        batch.drop_column("scenarios")
        batch.drop_column("interviewers")


def _scenarios() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("preparation_minutes", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("instead", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_scenario_competency_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("code", name=op.f("uq_scenario_code")),
    )
    op.create_index(op.f("ix_scenario_competency_id"), "scenario", ["competency_id"])
    op.create_table(
        "scenario_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("rm_type", _one_of("rmtype", "personal", "business", "corporate"), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("solution", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenario.id"], name=op.f("fk_scenario_case_scenario_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_case")),
        sa.UniqueConstraint("scenario_id", "rm_type", name=op.f("uq_scenario_case_scenario_id_rm_type")),
    )
    op.create_table(
        "scenario_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_scenario_anchor_level_from_1_to_5")),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenario.id"], name=op.f("fk_scenario_anchor_scenario_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_anchor")),
        sa.UniqueConstraint("scenario_id", "level", name=op.f("uq_scenario_anchor_scenario_id_level")),
    )
    op.create_table(
        "kit_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("preparation_minutes", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("case", sa.JSON(), nullable=False),
        sa.Column("solution", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("instead", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_kit_scenario_interview_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenario.id"], name=op.f("fk_kit_scenario_scenario_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_scenario")),
        sa.UniqueConstraint(
            "interview_id", "scenario_id", name=op.f("uq_kit_scenario_interview_id_scenario_id")
        ),
    )
    op.create_index(op.f("ix_kit_scenario_scenario_id"), "kit_scenario", ["scenario_id"])


def _checklist() -> None:
    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("needed", _how_far(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
        sa.UniqueConstraint("code", name=op.f("uq_checklist_item_code")),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("how_far", _how_far(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["shadowing_session.id"],
            name=op.f("fk_observation_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["checklist_item.id"], name=op.f("fk_observation_item_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("session_id", "item_id", name=op.f("uq_observation_session_id_item_id")),
    )
    op.create_index(op.f("ix_observation_item_id"), "observation", ["item_id"])


def _how_far() -> sa.Enum:
    return _one_of("howfar", "seen", "helped", "alone")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
