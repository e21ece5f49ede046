"""Interviews to which nobody came, scorecards that nobody waits for, and acceptances that are taken back."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: Days after an interview by which somebody should have said whether it took place.
OUTCOME_DAYS = 7
#: (table, constraint, values before, values that are new: {value: what it becomes on the way back}).
STATUSES = (
    ("interview", "interviewstatus", ("planned", "held", "cancelled"), {"no_show": "cancelled"}),
    ("scorecard", "scorecardstatus", ("draft", "submitted"), {"excused": "draft"}),
    (
        "offer",
        "offerstatus",
        ("draft", "sent", "accepted", "declined", "expired", "withdrawn"),
        {"retracted": "withdrawn"},
    ),
    ("onboarding_plan", "planstatus", ("active", "completed"), {"called_off": "completed"}),
    ("shadowing_programme", "programmestatus", ("active", "signed_off"), {"called_off": "active"}),
)
SUBMITTED = "recommendation IS NOT NULL AND submitted_at IS NOT NULL"


def upgrade() -> None:
    with op.batch_alter_table("interview") as batch:
        batch.add_column(sa.Column("outcome_by", sa.Date(), nullable=True))
    _ask_after_a_week()
    with op.batch_alter_table("interview") as batch:
        batch.alter_column("outcome_by", existing_type=sa.Date(), nullable=False)
    with op.batch_alter_table("scorecard") as batch:
        batch.add_column(sa.Column("excuse", sa.Text(), nullable=False, server_default=""))
        batch.drop_constraint(op.f("ck_scorecard_submitted_is_complete"), type_="check")
        batch.create_check_constraint(
            op.f("ck_scorecard_submitted_is_complete"), f"status != 'submitted' OR ({SUBMITTED})"
        )
        batch.create_check_constraint(
            op.f("ck_scorecard_excused_has_reason"), "(status = 'excused') = (excuse != '')"
        )
    for table, name, before, new in STATUSES:
        _allow(table, name, (*before, *new))


def downgrade() -> None:
    for table, _name, _before, new in STATUSES:
        its = sa.table(table, sa.column("status", sa.Text))
        if table == "scorecard":
            with op.batch_alter_table(table) as batch:
                batch.drop_constraint(op.f("ck_scorecard_excused_has_reason"), type_="check")
        for value, instead in new.items():
            op.execute(sa.update(its).where(its.c.status == value).values(status=instead))
    for table, name, before, _new in STATUSES:
        _allow(table, name, before)
    with op.batch_alter_table("scorecard") as batch:
        batch.drop_constraint(op.f("ck_scorecard_submitted_is_complete"), type_="check")
        batch.create_check_constraint(
            op.f("ck_scorecard_submitted_is_complete"), f"status = 'draft' OR ({SUBMITTED})"
        )
        batch.drop_column("excuse")
    with op.batch_alter_table("interview") as batch:
        batch.drop_column("outcome_by")


def _allow(table: str, name: str, values: tuple[str, ...]) -> None:
    """Let a status be one of these."""
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), f"status IN ({listed})")


def _ask_after_a_week() -> None:
    its = sa.table(
        "interview",
        sa.column("id", sa.Integer),
        sa.column("day", sa.Date),
        sa.column("outcome_by", sa.Date),
    )
    connection = op.get_bind()
    days: list[date] = list(connection.scalars(sa.select(its.c.day).distinct()))
    for day in days:
        later = day + timedelta(days=OUTCOME_DAYS)
        connection.execute(sa.update(its).where(its.c.day == day).values(outcome_by=later))
