"""What somebody has told of a severe disability has a version; an accepted offer says why nobody is hired by it yet."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

HELD_UP = "ck_offer_held_up_once_accepted"


def upgrade() -> None:
    op.add_column("disclosure", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("offer") as batch:
        batch.add_column(sa.Column("held_up_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("held_up", sa.JSON(), nullable=False, server_default="{}"))
        batch.create_check_constraint(op.f(HELD_UP), "held_up_on IS NULL OR status = 'conditional'")


def downgrade() -> None:
    with op.batch_alter_table("offer") as batch:
        batch.drop_constraint(op.f(HELD_UP), type_="check")
        batch.drop_column("held_up")
        batch.drop_column("held_up_on")
    op.drop_column("disclosure", "version")
