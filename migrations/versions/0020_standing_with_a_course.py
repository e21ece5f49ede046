"""Which rounds of a course say how somebody stands with it now, and indexes over these alone."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_assignment_standing": ["user_id", "course_id", "status", "due_on", "valid_until", "superseded_on"],
    "ix_assignment_ending": ["valid_until", "user_id", "course_id", "superseded_on"],
}
#: What the second of them does without the rounds of before.
BEFORE = "ix_assignment_valid_until_user_id_course_id_cycle"


def upgrade() -> None:
    op.add_column("assignment", sa.Column("superseded_on", sa.Date(), nullable=True))
    duty = sa.table(
        "assignment",
        sa.column("id"),
        sa.column("user_id"),
        sa.column("course_id"),
        sa.column("status"),
        sa.column("passed_on"),
        sa.column("valid_until"),
        sa.column("superseded_on"),
    )
    later = duty.alias("later")
    holds_longer = (
        later.c.user_id == duty.c.user_id,
        later.c.course_id == duty.c.course_id,
        later.c.status == "passed",
        sa.or_(
            later.c.valid_until > duty.c.valid_until,
            sa.and_(later.c.valid_until == duty.c.valid_until, later.c.id > duty.c.id),
        ),
    )
    since = sa.select(sa.func.min(later.c.passed_on)).where(*holds_longer).correlate(duty).scalar_subquery()
    op.execute(sa.update(duty).where(duty.c.status == "passed").values(superseded_on=since))
    counts = sa.text("superseded_on IS NULL")
    for name, columns in INDEXES.items():
        op.create_index(name, "assignment", columns, sqlite_where=counts, postgresql_where=counts)
    op.drop_index(BEFORE, table_name="assignment")


def downgrade() -> None:
    op.create_index(BEFORE, "assignment", ["valid_until", "user_id", "course_id", "cycle"])
    for name in INDEXES:
        op.drop_index(name, table_name="assignment")
    op.drop_column("assignment", "superseded_on")
