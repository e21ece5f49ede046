"""Steps that law asks for with severely disabled applicants: who is written to, who said what, who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ANSWERS = ("open", "yes", "no")
#: The bank's texts before this version, and the letter that comes with it.
KINDS = (
    "privacy_notice",
    "supervisor_consent",
    "confirmation",
    "invitation",
    "rejection",
    "offer",
    "training_notice",
)
LETTER = "decision"


def upgrade() -> None:
    with op.batch_alter_table("bank_duties") as batch:
        for name in ("works_council_email", "representative_email"):
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("quota", _one_of("quota", *ANSWERS), nullable=False, server_default="open")
        )
    _disclosures()
    with op.batch_alter_table("interview") as batch:
        batch.add_column(sa.Column("representative_at", sa.Text(), nullable=False, server_default=""))
    _kinds(*KINDS, LETTER)


def downgrade() -> None:
    # The former version knows no such letter: mails that were sent by it stay, without the version of their text.
    letters = f"SELECT id FROM bank_text WHERE kind = '{LETTER}'"
    op.execute(sa.text(f"UPDATE message SET text_id = NULL WHERE text_id IN ({letters})"))
    op.execute(sa.text(f"DELETE FROM bank_text WHERE kind = '{LETTER}'"))
    _kinds(*KINDS)
    with op.batch_alter_table("interview") as batch:
        batch.drop_column("representative_at")
    op.drop_table("disclosure_step")
    op.drop_table("disclosure")
    with op.batch_alter_table("bank_duties") as batch:
        batch.drop_constraint(op.f("ck_bank_duties_quota"), type_="check")
        for name in ("quota", "representative_email", "works_council_email"):
            batch.drop_column(name)


def _kinds(*kinds: str) -> None:
    with op.batch_alter_table("bank_text") as batch:
        batch.drop_constraint(op.f("ck_bank_text_textkind"), type_="check")
        batch.create_check_constraint(op.f("ck_bank_text_textkind"), sa.column("kind").in_(kinds))


def _disclosures() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("disability", "severe", "equal"), nullable=True),
        sa.Column("objects", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("tell_by", sa.Date(), nullable=False),
        sa.Column("decision_by", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("uninvited", _one_of("uninvited", "unsuitable", "declined"), nullable=True),
        sa.Column("uninvited_why", sa.Text(), nullable=False),
        sa.Column("uninvited_at", sa.DateTime(), nullable=True),
        sa.Column("uninvited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind IS NULL) = (withdrawn_at IS NOT NULL)", name=op.f("ck_disclosure_said_or_withdrawn")
        ),
        sa.CheckConstraint(
            "(uninvited IS NULL) = (uninvited_why = '')", name=op.f("ck_disclosure_uninvited_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_disclosure_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["uninvited_by_id"], ["user.id"], name=op.f("fk_disclosure_uninvited_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("application_id", name=op.f("uq_disclosure_application_id")),
    )
    op.create_index(op.f("ix_disclosure_uninvited_by_id"), "disclosure", ["uninvited_by_id"])
    stands = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "ix_disclosure_standing",
        "disclosure",
        ["application_id"],
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_table(
        "disclosure_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("stepkind", "told", "heard", "decision"), nullable=False),
        sa.Column("party", _one_of("party", "representative", "works_council", "applicant"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("opinion", _one_of("opinion", "agrees", "disagrees", "silent"), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'heard') = (opinion IS NOT NULL)", name=op.f("ck_disclosure_step_heard_has_opinion")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_step_disclosure_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_disclosure_step_message_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_disclosure_step_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_step")),
    )
    for name in ("message_id", "by_id"):
        op.create_index(op.f(f"ix_disclosure_step_{name}"), "disclosure_step", [name])
    op.create_index(
        op.f("ix_disclosure_step_disclosure_id_kind_party"),
        "disclosure_step",
        ["disclosure_id", "kind", "party"],
    )


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
