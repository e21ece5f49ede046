"""An index of applications by posting and status: what recruiters owe is asked by it on each page."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NEW = ("ix_application_posting_id_status", "application", ["posting_id", "status"])
#: What it does as well.
BEFORE = ("ix_application_posting_id", "application", ["posting_id"])


def upgrade() -> None:
    op.create_index(*NEW)
    op.drop_index(BEFORE[0], table_name=BEFORE[1])


def downgrade() -> None:
    op.create_index(*BEFORE)
    op.drop_index(NEW[0], table_name=NEW[1])
