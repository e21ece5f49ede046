"""Two webhooks do not share a name."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WEBHOOK = sa.table("webhook", sa.column("id", sa.Integer), sa.column("name", sa.Text))


def upgrade() -> None:
    # Whatever came second is told apart by a number.
    taken: set[str] = set()
    for id, name in (
        op.get_bind().execute(sa.select(WEBHOOK.c.id, WEBHOOK.c.name).order_by(WEBHOOK.c.id)).all()
    ):
        wanted, number = name, 2
        while wanted in taken:
            wanted, number = f"{name} ({number})", number + 1
        taken.add(wanted)
        if wanted != name:
            op.execute(WEBHOOK.update().where(WEBHOOK.c.id == id).values(name=wanted))
    with op.batch_alter_table("webhook") as batch:
        batch.create_unique_constraint(op.f("uq_webhook_name"), ["name"])


def downgrade() -> None:
    with op.batch_alter_table("webhook") as batch:
        batch.drop_constraint(op.f("uq_webhook_name"), type_="unique")
