"""A history that is signed: entries with a nonce and a signature, seals with their number."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("nonce", sa.Text(), nullable=True))
    op.add_column("audit_entry", sa.Column("signature", sa.Text(), nullable=False, server_default=""))
    op.create_index("uq_audit_entry_nonce", "audit_entry", ["nonce"], unique=True)
    op.add_column("audit_seal", sa.Column("number", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE audit_seal SET number = "
        "(SELECT place FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM audit_seal) AS places "
        "WHERE places.id = audit_seal.id)"
    )
    with op.batch_alter_table("audit_seal") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.create_unique_constraint("uq_audit_seal_number", ["number"])


def downgrade() -> None:
    with op.batch_alter_table("audit_seal") as batch:
        batch.drop_constraint("uq_audit_seal_number", type_="unique")
        batch.drop_column("number")
    op.drop_index("uq_audit_entry_nonce", table_name="audit_entry")
    op.drop_column("audit_entry", "signature")
    op.drop_column("audit_entry", "nonce")
