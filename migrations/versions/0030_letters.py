"""More letters of the bank: every standard letter to an applicant is one of its texts."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

#: The bank's texts before this version, and the letters that come with it. Their words come with the starter content.
KINDS = (
    "privacy_notice",
    "supervisor_consent",
    "confirmation",
    "invitation",
    "rejection",
    "offer",
    "training_notice",
    "decision",
)
LETTERS = (
    "referral",
    "second_confirmation",
    "earlier_counts",
    "shortlist",
    "reopened",
    "withdrawal",
    "resumed",
    "interview_changed",
    "interview_cancelled",
    "interview_missed",
    "interview_held",
    "offer_reworked",
    "offer_withdrawn",
    "offer_expired",
    "offer_declined",
    "offer_conditional",
    "offer_held_up",
    "offer_accepted",
    "acceptance_retracted",
)


def upgrade() -> None:
    _kinds(*KINDS, *LETTERS)


def downgrade() -> None:
    # The former version knows no such letters: mails that were sent by them stay, without the version of their text.
    text = sa.table("bank_text", sa.column("id"), sa.column("kind"))
    message = sa.table("message", sa.column("text_id"))
    letters = sa.select(text.c.id).where(text.c.kind.in_(LETTERS))
    op.execute(sa.update(message).where(message.c.text_id.in_(letters)).values(text_id=None))
    op.execute(sa.delete(text).where(text.c.kind.in_(LETTERS)))
    _kinds(*KINDS)


def _kinds(*kinds: str) -> None:
    with op.batch_alter_table("bank_text") as batch:
        batch.drop_constraint(op.f("ck_bank_text_textkind"), type_="check")
        batch.create_check_constraint(op.f("ck_bank_text_textkind"), sa.column("kind").in_(kinds))
