"""What happens to employments, on which day, and who takes over; days of next steps; versions of units."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "employment_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _enum("employmentkind", "begins", "rescheduled", "changes", "absent", "returns", "leaves"),
            nullable=False,
        ),
        sa.Column("status", _enum("employmentstatus", "planned", "effective", "cancelled"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("effective_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'effective') = (effective_at IS NOT NULL)",
            name=op.f("ck_employment_event_effective_has_time"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["user.id"],
            name=op.f("fk_employment_event_recorded_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_employment_event_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment_event")),
    )
    op.create_index(op.f("ix_employment_event_status_on"), "employment_event", ["status", "on"])
    op.create_index(
        "ix_employment_event_settled_at",
        "employment_event",
        ["settled_at"],
        sqlite_where=sa.text("kind = 'leaves' AND settled_at IS NULL"),
        postgresql_where=sa.text("kind = 'leaves' AND settled_at IS NULL"),
    )
    op.create_index(op.f("ix_employment_event_user_id"), "employment_event", ["user_id"])
    op.create_index(op.f("ix_employment_event_recorded_by_id"), "employment_event", ["recorded_by_id"])
    op.create_table(
        "successor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["employment_event.id"], name=op.f("fk_successor_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_successor_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successor")),
        sa.UniqueConstraint("event_id", "kind", name=op.f("uq_successor_event_id_kind")),
    )
    op.create_index(op.f("ix_successor_user_id"), "successor", ["user_id"])
    op.add_column("unit", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    _let_leave_by_events()
    _find_who_came_by_an_application()
    op.add_column("requisition", sa.Column("advertise_by", sa.Date(), nullable=True))
    op.add_column("requisition", sa.Column("held_until", sa.Date(), nullable=True))
    op.create_index(op.f("ix_requisition_status_needed_by"), "requisition", ["status", "needed_by"])
    op.add_column("posting", sa.Column("step_by", sa.Date(), nullable=True))
    # Nobody had a day for these: the day on which somebody is needed, and the last one on which one can apply, are one.
    op.execute("UPDATE requisition SET advertise_by = needed_by WHERE status = 'approved'")
    op.execute("UPDATE requisition SET held_until = needed_by WHERE status = 'on_hold'")
    op.execute("UPDATE posting SET step_by = closes_on WHERE status IN ('draft', 'approved')")


def _let_leave_by_events() -> None:
    """Whose last day was recorded before, has left or leaves by an event like everybody else."""
    user = sa.table("user", sa.column("id", sa.Integer), sa.column("left_on", sa.Date))
    event = sa.table(
        "employment_event",
        *(
            sa.column(name, type_)
            for name, type_ in {
                "user_id": sa.Integer,
                "kind": sa.Text,
                "status": sa.Text,
                "on": sa.Date,
                "effective_at": sa.DateTime,
                "changes": sa.JSON,
                "created_at": sa.DateTime,
                "updated_at": sa.DateTime,
                "version": sa.Integer,
            }.items()
        ),
    )
    bind = op.get_bind()
    gone = (user.c.left_on < sa.func.current_date()).label("gone")
    leaving = bind.execute(sa.select(user.c.id, user.c.left_on, gone).where(user.c.left_on.is_not(None)))
    for id, left_on, has_left in leaving.all():
        bind.execute(
            sa.insert(event).values(
                user_id=id,
                kind="leaves",
                status="effective" if has_left else "planned",
                on=left_on + timedelta(days=1),
                effective_at=sa.func.now() if has_left else None,
                changes={},
                created_at=sa.func.now(),
                updated_at=sa.func.now(),
                version=1,
            )
        )


def _find_who_came_by_an_application() -> None:
    """Most employments know no application: an index with all of them looks useless to the planner of SQLite."""
    with op.batch_alter_table("employee") as batch:
        batch.drop_constraint("uq_employee_application_id", type_="unique")
    op.create_index(
        "uq_employee_application_id",
        "employee",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("application_id IS NOT NULL"),
        postgresql_where=sa.text("application_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_employee_application_id", table_name="employee")
    with op.batch_alter_table("employee") as batch:
        batch.create_unique_constraint("uq_employee_application_id", ["application_id"])
    op.drop_column("posting", "step_by")
    op.drop_index(op.f("ix_requisition_status_needed_by"), table_name="requisition")
    op.drop_column("requisition", "held_until")
    op.drop_column("requisition", "advertise_by")
    op.drop_column("unit", "version")
    op.drop_table("successor")
    op.drop_table("employment_event")
