"""From whom mails come, who reads an answer to one, and files in which hardly any text was found."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

#: Letters on a page, on average, below which a file is probably a scan.
FEWEST_LETTERS = 200
STATES = ("found", "none", "unreadable")
ADDED = {"message": ("reply_address", "reply_name"), "career_site": ("sender_name", "sender_address")}


def upgrade() -> None:
    for table, columns in ADDED.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
    _states("found", "little", "none", "unreadable")
    op.execute(
        "UPDATE document SET text_state = 'little' WHERE text_state = 'found' AND content_type != 'text/plain' "
        f"AND length(text) < {FEWEST_LETTERS} * coalesce(pages, 1)"
    )


def downgrade() -> None:
    op.execute("UPDATE document SET text_state = 'found' WHERE text_state = 'little'")
    _states(*STATES)
    for table, columns in ADDED.items():
        for column in reversed(columns):
            op.drop_column(table, column)


def _states(*values: str) -> None:
    with op.batch_alter_table("document") as batch:
        batch.drop_constraint(op.f("ck_document_textstate"), type_="check")
        batch.create_check_constraint(op.f("ck_document_textstate"), sa.column("text_state").in_(values))
