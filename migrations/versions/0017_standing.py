"""Indexes for how a whole bank stands: what ends when, what is owed of a course, what was not passed."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_assignment_status_due_on_user_id_course_id": (
        "assignment",
        ["status", "due_on", "user_id", "course_id"],
    ),
    "ix_assignment_course_id_status_user_id": ("assignment", ["course_id", "status", "user_id"]),
    "ix_assignment_valid_until_user_id_course_id_cycle": (
        "assignment",
        ["valid_until", "user_id", "course_id", "cycle"],
    ),
    "ix_attempt_status_assignment_id": ("attempt", ["status", "assignment_id"]),
}
#: What the first of them does as well.
BEFORE = ("ix_assignment_status_due_on", "assignment", ["status", "due_on"])


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.drop_index(BEFORE[0], table_name=BEFORE[1])


def downgrade() -> None:
    op.create_index(*BEFORE)
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table_name=table)
