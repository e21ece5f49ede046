"""Reviews that go on without the RM's words, that are cancelled, whose drafts stay their author's; drafts of goals."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = ("self_assessment", "supervisor_assessment", "meeting", "signing", "signed")
SIDES = ("self", "supervisor")
#: So long has whoever wrote a draft down to propose it, counted from this migration.
PROPOSE = timedelta(days=14)


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _status(*values: str) -> None:
    """Let a review have these statuses."""
    with op.batch_alter_table("review") as batch:
        batch.drop_constraint(op.f("ck_review_reviewstatus"), type_="check")
        batch.create_check_constraint(op.f("ck_review_reviewstatus"), sa.column("status").in_(values))


def upgrade() -> None:
    op.add_column("goal", sa.Column("propose_by", sa.Date(), nullable=True))
    goal = sa.table(
        "goal",
        sa.column("status", sa.Text),
        sa.column("user_id", sa.Integer),
        sa.column("proposed_by_id", sa.Integer),
        sa.column("propose_by", sa.Date),
    )
    drafts = sa.update(goal).where(goal.c.status == "draft")
    op.execute(drafts.values(propose_by=datetime.now(UTC).date() + PROPOSE))
    op.execute(drafts.where(goal.c.proposed_by_id.is_(None)).values(proposed_by_id=goal.c.user_id))

    op.create_table(
        "review_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("side", _enum(*SIDES, name="side"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_text_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_text")),
        sa.UniqueConstraint("review_id", "side", name=op.f("uq_review_text_review_id_side")),
    )
    review = _reviews()
    text = _texts()
    for side in SIDES:
        op.execute(
            sa.insert(text).from_select(
                ["review_id", "side", "text", "created_at", "updated_at", "version"],
                sa.select(
                    review.c.id,
                    sa.literal(side),
                    review.c[f"{side}_text"],
                    review.c.created_at,
                    review.c.updated_at,
                    sa.literal(1),
                ),
            )
        )
    op.create_table(
        "review_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_review_draft_author_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_draft_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_draft")),
        sa.UniqueConstraint("review_id", "author_id", name=op.f("uq_review_draft_review_id_author_id")),
    )
    op.create_index(op.f("ix_review_draft_author_id"), "review_draft", ["author_id"])
    op.add_column("review_rating", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("review", sa.Column("begun_without_self_on", sa.Date(), nullable=True))
    op.add_column(
        "review", sa.Column("supervisor_chosen", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _mark_chosen()
    with op.batch_alter_table("review_rating") as batch:
        batch.alter_column("version", server_default=None)
    with op.batch_alter_table("review") as batch:
        batch.alter_column("supervisor_chosen", server_default=None)
        batch.drop_column("self_text")
        batch.drop_column("supervisor_text")
    _status(*BEFORE, "cancelled")


def _mark_chosen() -> None:
    """Reviews that HR has given to somebody who does not lead the RM stay with them."""
    review, employee = _reviews(), sa.table("employee", sa.column("user_id"), sa.column("supervisor_id"))
    entry = sa.table(
        "audit_entry", sa.column("subject_type"), sa.column("subject_id"), sa.column("action", sa.Text)
    )
    given = sa.select(entry.c.subject_id).where(
        entry.c.subject_type == "review", entry.c.action == "performance.hand_over"
    )
    leads = sa.select(employee.c.supervisor_id).where(
        employee.c.user_id == review.c.user_id, employee.c.supervisor_id == review.c.supervisor_id
    )
    op.execute(
        sa.update(review)
        .where(review.c.id.in_(given), ~leads.correlate(review).exists())
        .values(supervisor_chosen=sa.true())
    )


def _reviews() -> sa.TableClause:
    return sa.table(
        "review",
        sa.column("id", sa.Integer),
        sa.column("user_id", sa.Integer),
        sa.column("supervisor_id", sa.Integer),
        sa.column("supervisor_chosen", sa.Boolean),
        sa.column("status", sa.Text),
        sa.column("self_text", sa.Text),
        sa.column("supervisor_text", sa.Text),
        sa.column("created_at", sa.DateTime),
        sa.column("updated_at", sa.DateTime),
    )


def _texts() -> sa.TableClause:
    return sa.table(
        "review_text",
        sa.column("review_id", sa.Integer),
        sa.column("side", sa.Text),
        sa.column("text", sa.Text),
        sa.column("created_at", sa.DateTime),
        sa.column("updated_at", sa.DateTime),
        sa.column("version", sa.Integer),
    )


def downgrade() -> None:
    review, text = _reviews(), _texts()
    # The former version knows no cancelled review: one begins anew.
    op.execute(
        sa.update(review)
        .where(review.c.status == "cancelled")
        .values(status="self_assessment", updated_at=datetime.now(UTC).replace(tzinfo=None))
    )
    _status(*BEFORE)
    for side in SIDES:
        op.add_column("review", sa.Column(f"{side}_text", sa.Text(), nullable=False, server_default=""))
        written = (
            sa.select(text.c.text)
            .where(text.c.review_id == review.c.id, text.c.side == side)
            .correlate(review)
            .scalar_subquery()
        )
        op.execute(sa.update(review).values({f"{side}_text": sa.func.coalesce(written, "")}))
    with op.batch_alter_table("review") as batch:
        batch.alter_column("self_text", server_default=None)
        batch.alter_column("supervisor_text", server_default=None)
        batch.drop_column("supervisor_chosen")
        batch.drop_column("begun_without_self_on")
    with op.batch_alter_table("review_rating") as batch:
        batch.drop_column("version")
    op.drop_index(op.f("ix_review_draft_author_id"), table_name="review_draft")
    op.drop_table("review_draft")
    op.drop_table("review_text")
    with op.batch_alter_table("goal") as batch:
        batch.drop_column("propose_by")
