"""Steps that law asks for with severely disabled applicants: who is written to, who said what, who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ANSWERS = ("open", "yes", "no")


def upgrade() -> None:
    with op.batch_alter_table("bank_duties") as batch:
        for name in ("works_council_email", "representative_email"):
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("quota", _one_of("quota", *ANSWERS), nullable=False, server_default="open")
        )


def downgrade() -> None:
    with op.batch_alter_table("bank_duties") as batch:
        batch.drop_constraint(op.f("ck_bank_duties_quota"), type_="check")
        for name in ("quota", "representative_email", "works_council_email"):
            batch.drop_column(name)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
