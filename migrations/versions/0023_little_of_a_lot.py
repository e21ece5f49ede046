"""Indexes of what is asked for on many pages and is little of a lot.

Every list of applications, interviews and offers asks of which applications a supervisor must not know, everybody's
inbox for a person's messages in their order, and what is due for scorecards that are not handed in and for tasks that
are not done.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEPT = "ix_application_kept_from_supervisors"
INBOX = "ix_message_user_id_created_at_id"
DRAFT = "ix_scorecard_draft"
OPEN = "ix_onboarding_task_open"
#: What the one of drafts does as well.
STATUS = "ix_scorecard_status"


def upgrade() -> None:
    op.create_index(
        KEPT,
        "application",
        ["applicant_id"],
        sqlite_where=sa.text("supervisor_may_know IS 0"),
        postgresql_where=sa.text("supervisor_may_know IS false"),
    )
    op.create_index(INBOX, "message", ["user_id", "created_at", "id"])
    draft = sa.text("status = 'draft'")
    op.create_index(DRAFT, "scorecard", ["seat_id"], sqlite_where=draft, postgresql_where=draft)
    op.drop_index(STATUS, table_name="scorecard")
    is_open = sa.text("status = 'open'")
    op.create_index(OPEN, "onboarding_task", ["plan_id"], sqlite_where=is_open, postgresql_where=is_open)


def downgrade() -> None:
    op.drop_index(OPEN, table_name="onboarding_task")
    op.create_index(STATUS, "scorecard", ["status"])
    op.drop_index(DRAFT, table_name="scorecard")
    op.drop_index(INBOX, table_name="message")
    op.drop_index(KEPT, table_name="application")
