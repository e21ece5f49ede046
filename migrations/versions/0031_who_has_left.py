"""An index over those who have left: what they owed is somebody else's now, and is looked for on every page."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

LEFT = sa.text("left_on IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_user_left_on", "user", ["left_on"], sqlite_where=LEFT, postgresql_where=LEFT)


def downgrade() -> None:
    op.drop_index("ix_user_left_on", table_name="user")
