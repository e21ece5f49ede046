"""The works council's consent before a hire, and tasks whose day law sets: notification to BaFin, clocks of advice."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ANSWERS = ("open", "yes", "no")
KINDS = ("ordinary", "notification", "clock", "change")
PHASES = ("preboarding", "arrive", "learn", "contribute", "own", "consolidate")
OFFER_STATUSES = ("draft", "sent", "accepted", "declined", "expired", "withdrawn", "retracted")
REQUEST_STATUSES = (
    "to_ask",
    "asked",
    "consented",
    "deemed",
    "refused",
    "in_court",
    "replaced",
    "rejected",
    "withdrawn",
)
HIRING_STATUSES = ("informed", "disputed", "in_court", "stands", "ended")
GROUNDS = ("no_1", "no_2", "no_3", "no_4", "no_5", "no_6")
HAS_TIME = "ck_offer_answer_has_time"
NOTIFIED = "ck_onboarding_task_notified_has_day"
#: What the six months of experience were counted as before law's rule counted them.
SIX_MONTHS, DAYS = "onboarding.experience", 180


def upgrade() -> None:
    with op.batch_alter_table("bank_duties") as batch:
        batch.add_column(
            sa.Column(
                "more_than_twenty",
                _one_of("more_than_twenty", *ANSWERS),
                nullable=False,
                server_default="open",
            )
        )
    _offers((*OFFER_STATUSES, "conditional"), ("conditional", "accepted", "declined"))
    _one_alive("draft", "sent", "conditional", "accepted")
    _requests()
    for table in ("task_template", "onboarding_task"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column("kind", _one_of("taskkind", *KINDS), nullable=False, server_default="ordinary")
            )
        _phases(table, (*PHASES, "later"))
    with op.batch_alter_table("task_template") as batch:
        batch.add_column(sa.Column("rule", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("onboarding_task") as batch:
        batch.add_column(sa.Column("notified_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("notice_number", sa.Text(), nullable=False, server_default=""))
        batch.create_check_constraint(
            op.f(NOTIFIED),
            "kind NOT IN ('notification', 'change') OR status != 'done' OR notified_on IS NOT NULL",
        )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM onboarding_task WHERE phase = 'later'"))
    op.execute(sa.text("DELETE FROM task_template WHERE phase = 'later'"))
    template = sa.table("task_template", sa.column("rule", sa.Text), sa.column("due_days", sa.Integer))
    op.execute(sa.update(template).where(template.c.rule == SIX_MONTHS).values(due_days=DAYS))
    with op.batch_alter_table("onboarding_task") as batch:
        batch.drop_constraint(op.f(NOTIFIED), type_="check")
        batch.drop_column("notice_number")
        batch.drop_column("notified_on")
    with op.batch_alter_table("task_template") as batch:
        batch.drop_column("rule")
    for table in ("onboarding_task", "task_template"):
        _phases(table, PHASES)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_taskkind"), type_="check")
            batch.drop_column("kind")
    op.drop_table("provisional_hiring")
    op.drop_table("council_request")
    # The former version knows no acceptance that waits: the candidate can say yes again.
    op.execute(sa.text("UPDATE offer SET status = 'sent', answered_at = NULL WHERE status = 'conditional'"))
    _one_alive("draft", "sent", "accepted")
    _offers(OFFER_STATUSES, ("accepted", "declined"))
    with op.batch_alter_table("bank_duties") as batch:
        batch.drop_constraint(op.f("ck_bank_duties_more_than_twenty"), type_="check")
        batch.drop_column("more_than_twenty")


def _offers(statuses: tuple[str, ...], answered: tuple[str, ...]) -> None:
    with op.batch_alter_table("offer") as batch:
        batch.drop_constraint(op.f("ck_offer_offerstatus"), type_="check")
        batch.create_check_constraint(op.f("ck_offer_offerstatus"), f"status IN ({_listed(statuses)})")
        batch.drop_constraint(op.f(HAS_TIME), type_="check")
        batch.create_check_constraint(
            op.f(HAS_TIME), f"status NOT IN ({_listed(answered)}) OR answered_at IS NOT NULL"
        )


def _one_alive(*statuses: str) -> None:
    alive = sa.text(f"status IN ({_listed(statuses)})")
    op.drop_index("uq_offer_alive", table_name="offer")
    op.create_index(
        "uq_offer_alive",
        "offer",
        ["application_id"],
        unique=True,
        sqlite_where=alive,
        postgresql_where=alive,
    )


def _phases(table: str, phases: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_phase"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_phase"), f"phase IN ({_listed(phases)})")


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _requests() -> None:
    op.create_table(
        "council_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("status", _one_of("councilstatus", *REQUEST_STATUSES), nullable=False),
        sa.Column("ask_by", sa.Date(), nullable=False),
        sa.Column("grouping", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("ground", _one_of("refusalground", *GROUNDS), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("court_on", sa.Date(), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=True),
        *_kept(),
        sa.CheckConstraint(
            "status IN ('to_ask', 'withdrawn') OR (asked_on IS NOT NULL AND answer_by IS NOT NULL)",
            name=op.f("ck_council_request_asked_has_days"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('refused', 'in_court', 'replaced', 'rejected') OR ground IS NOT NULL",
            name=op.f("ck_council_request_refusal_has_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_council_request_asked_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_council_request_offer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_request")),
    )
    op.create_index(op.f("ix_council_request_asked_by_id"), "council_request", ["asked_by_id"])
    op.create_index(op.f("ix_council_request_offer_id"), "council_request", ["offer_id"])
    op.create_index(op.f("ix_council_request_status_answer_by"), "council_request", ["status", "answer_by"])
    standing = sa.text("status != 'withdrawn'")
    op.create_index(
        "uq_council_request_standing",
        "council_request",
        ["offer_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "provisional_hiring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("status", _one_of("provisionalstatus", *HIRING_STATUSES), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=False),
        sa.Column("look_by", sa.Date(), nullable=False),
        sa.Column("disputed_on", sa.Date(), nullable=True),
        sa.Column("court_by", sa.Date(), nullable=True),
        sa.Column("court_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_by", sa.Date(), nullable=True),
        *_kept(),
        sa.CheckConstraint(
            "status != 'disputed' OR (disputed_on IS NOT NULL AND court_by IS NOT NULL)",
            name=op.f("ck_provisional_hiring_dispute_has_days"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["council_request.id"],
            name=op.f("fk_provisional_hiring_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisional_hiring")),
        sa.UniqueConstraint("request_id", name=op.f("uq_provisional_hiring_request_id")),
    )


def _kept() -> tuple[sa.Column[object], ...]:
    """What every table has that two people edit."""
    return (
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
