"""Who somebody says they are belongs to the application; one may apply again; a day on which all is deleted."""

from __future__ import annotations

import calendar
from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = (
    "received",
    "screening",
    "shortlisted",
    "interviewing",
    "approved",
    "offered",
    "hired",
    "rejected",
    "withdrawn",
)
NOW = (*BEFORE, "replaced")
ALIVE = sa.text("status NOT IN ('rejected', 'withdrawn', 'replaced')")
OUTSIDE = sa.text("user_id IS NULL")
#: What the privacy notice and the rejection have said up to now.
KEPT_MONTHS = 6

APPLICANT = sa.table(
    "applicant",
    *(
        sa.column(name, kind)
        for name, kind in (
            ("id", sa.Integer),
            ("email", sa.Text),
            ("name", sa.Text),
            ("phone", sa.Text),
            ("language", sa.String),
            ("user_id", sa.Integer),
            ("created_at", sa.DateTime),
            ("updated_at", sa.DateTime),
        )
    ),
)
APPLICATION = sa.table(
    "application",
    *(
        sa.column(name, kind)
        for name, kind in (
            ("id", sa.Integer),
            ("posting_id", sa.Integer),
            ("applicant_id", sa.Integer),
            ("status", sa.String),
            ("was", sa.String),
            ("name", sa.Text),
            ("phone", sa.Text),
            ("language", sa.String),
            ("closed_at", sa.DateTime),
            ("delete_on", sa.Date),
        )
    ),
)


def _statuses(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Each application gets name and phone of its applicant, and the day that was promised to them."""
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_constraint(op.f("ck_application_applicationstatus"), type_="check")
        batch_op.drop_constraint(op.f("uq_application_posting_id_applicant_id"), type_="unique")
        batch_op.alter_column("status", type_=_statuses("applicationstatus", NOW), existing_nullable=False)
        batch_op.add_column(sa.Column("was", _statuses("was", NOW), nullable=True))
        batch_op.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("phone", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("delete_on", sa.Date(), nullable=True))
    for column in ("name", "phone"):
        its = sa.select(APPLICANT.c[column]).where(APPLICANT.c.id == APPLICATION.c.applicant_id)
        op.execute(sa.update(APPLICATION).values({column: its.scalar_subquery()}))
    with op.batch_alter_table("application") as batch_op:
        batch_op.alter_column("name", server_default=None, existing_type=sa.Text(), existing_nullable=False)
        batch_op.alter_column("phone", server_default=None, existing_type=sa.Text(), existing_nullable=False)
    connection = op.get_bind()
    ended = sa.select(APPLICATION.c.id, APPLICATION.c.closed_at).where(
        APPLICATION.c.status.in_(("rejected", "withdrawn")), APPLICATION.c.closed_at.is_not(None)
    )
    for id, closed_at in connection.execute(ended).all():
        day = _months_after(closed_at, KEPT_MONTHS)
        connection.execute(sa.update(APPLICATION).where(APPLICATION.c.id == id).values(delete_on=day))
    op.create_index(
        "ix_application_one_alive",
        "application",
        ["posting_id", "applicant_id"],
        unique=True,
        sqlite_where=ALIVE,
        postgresql_where=ALIVE,
    )
    op.create_index(op.f("ix_application_delete_on"), "application", ["delete_on"])
    with op.batch_alter_table("applicant") as batch_op:
        batch_op.drop_constraint(op.f("uq_applicant_email"), type_="unique")
        for column in ("name", "phone", "language"):
            batch_op.drop_column(column)
    op.add_column("share_link", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("share_link") as batch_op:
        batch_op.alter_column(
            "version", server_default=None, existing_type=sa.Integer(), existing_nullable=False
        )
    op.create_index(op.f("ix_applicant_email"), "applicant", ["email"])
    op.create_index(
        "ix_applicant_email_outside",
        "applicant",
        ["email"],
        unique=True,
        sqlite_where=OUTSIDE,
        postgresql_where=OUTSIDE,
    )


def downgrade() -> None:
    """An applicant gets the name of their latest application.

    Where two now share an address, or one applied to a posting again, they become applicants of their own, whose
    address begins with "again-" and a number: nothing is lost, and no mail reaches them.
    """
    op.drop_column("share_link", "version")
    op.drop_index("ix_applicant_email_outside", "applicant")
    op.drop_index(op.f("ix_applicant_email"), "applicant")
    with op.batch_alter_table("applicant") as batch_op:
        batch_op.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("phone", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("language", sa.String(length=2), nullable=False, server_default="en"))
    _one_application_each()
    _one_applicant_each()
    connection = op.get_bind()
    latest = sa.select(
        APPLICATION.c.applicant_id, APPLICATION.c.name, APPLICATION.c.phone, APPLICATION.c.language
    )
    for id, name, phone, language in connection.execute(latest.order_by(APPLICATION.c.id)).all():
        said = {"name": name, "phone": phone, "language": language}
        connection.execute(sa.update(APPLICANT).where(APPLICANT.c.id == id).values(**said))
    with op.batch_alter_table("applicant") as batch_op:
        for column, kind in (("name", sa.Text()), ("phone", sa.Text()), ("language", sa.String(length=2))):
            batch_op.alter_column(column, server_default=None, existing_type=kind, existing_nullable=False)
        batch_op.create_unique_constraint(op.f("uq_applicant_email"), ["email"])
    op.drop_index("ix_application_one_alive", "application")
    op.drop_index(op.f("ix_application_delete_on"), "application")
    # What another form has replaced had been taken back by whoever sent it.
    op.execute(
        sa.update(APPLICATION)
        .where(APPLICATION.c.status == "replaced")
        .values(status="withdrawn", closed_at=sa.func.current_timestamp())
    )
    op.execute(sa.update(APPLICATION).values(was=None))
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_constraint(op.f("ck_application_applicationstatus"), type_="check")
        batch_op.drop_constraint(op.f("ck_application_was"), type_="check")
        batch_op.alter_column("status", type_=_statuses("applicationstatus", BEFORE), existing_nullable=False)
        for column in ("was", "name", "phone", "delete_on"):
            batch_op.drop_column(column)
        batch_op.create_unique_constraint(
            op.f("uq_application_posting_id_applicant_id"), ["posting_id", "applicant_id"]
        )


def _one_application_each() -> None:
    """Each further application to one posting gets an applicant of its own; the last one stays where it is."""
    connection = op.get_bind()
    seen = set()
    its = sa.select(APPLICATION.c.id, APPLICATION.c.posting_id, APPLICATION.c.applicant_id)
    for id, posting_id, applicant_id in connection.execute(its.order_by(APPLICATION.c.id.desc())).all():
        if (posting_id, applicant_id) not in seen:
            seen.add((posting_id, applicant_id))
            continue
        person = (
            connection.execute(sa.select(APPLICANT).where(APPLICANT.c.id == applicant_id)).mappings().one()
        )
        address = f"again-{id}-{person['email']}"
        own = {**person, "email": address, "user_id": None}
        del own["id"]
        connection.execute(sa.insert(APPLICANT).values(**own))
        made = sa.select(APPLICANT.c.id).where(APPLICANT.c.email == address).scalar_subquery()
        connection.execute(sa.update(APPLICATION).where(APPLICATION.c.id == id).values(applicant_id=made))


def _one_applicant_each() -> None:
    """Of those who share an address whoever applied from inside keeps it."""
    connection = op.get_bind()
    seen = set()
    its = sa.select(APPLICANT.c.id, APPLICANT.c.email)
    inside_first = (APPLICANT.c.user_id.is_(None), APPLICANT.c.id)
    for id, email in connection.execute(its.order_by(*inside_first)).all():
        if email in seen:
            again = sa.update(APPLICANT).where(APPLICANT.c.id == id)
            connection.execute(again.values(email=f"again-{id}-{email}"))
        seen.add(email)


def _months_after(moment: datetime, months: int) -> date:
    month = moment.month - 1 + months
    year, month = moment.year + month // 12, month % 12 + 1
    return date(year, month, min(moment.day, calendar.monthrange(year, month)[1]))
