"""Courses by version: what a course teaches becomes its version 1, lessons become blocks, duties say what was taught."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

AREAS = ("products", "compliance", "service", "ethics", "regulation")
KINDS = ("e_learning", "classroom", "workshop", "document", "external", "on_the_job")
AUDIENCES = ("keepers", "learners", "everybody")
STATUSES = ("draft", "in_review", "published", "withdrawn")
BLOCKS = ("heading", "text", "picture", "attachment", "check", "case")
#: What the product's own courses are about; all others are counted among the regulation.
AREA_OF = {
    "product_knowledge": "products",
    "compliance": "compliance",
    "data_protection": "compliance",
    "customer_service": "service",
    "ethics": "ethics",
}
#: What moves from the course to its versions.
FACTS: tuple[tuple[str, Any], ...] = (
    ("name", sa.JSON()),
    ("short", sa.JSON()),
    ("objectives", sa.JSON()),
    ("rm_types", sa.JSON()),
    ("due_days", sa.Integer()),
    ("interval_months", sa.Integer()),
    ("minutes", sa.Integer()),
    ("pass_mark", sa.Integer()),
    ("max_attempts", sa.Integer()),
    ("wait_hours", sa.Integer()),
    ("questions_per_exam", sa.Integer()),
    ("blocks", sa.JSON()),
)
PEOPLE = ("edited_by_id", "submitted_by_id", "reviewer_id", "published_by_id")
#: Table, what its parts were known by within a course.
PARTS = (("lesson", "position"), ("exam_question", "code"))
ONE_ATTEMPT, PER_CENT = "ck_course_at_least_one_attempt", "ck_course_pass_mark_is_percent"


def upgrade() -> None:
    _versions()
    with op.batch_alter_table("course") as batch:
        batch.add_column(sa.Column("area", _one_of("coursearea", *AREAS), nullable=True))
        batch.add_column(
            sa.Column("kind", _one_of("coursekind", *KINDS), nullable=False, server_default="e_learning")
        )
        batch.add_column(sa.Column("provider", sa.Text(), nullable=False, server_default=""))
        batch.add_column(
            sa.Column(
                "audience", _one_of("courseaudience", *AUDIENCES), nullable=False, server_default="keepers"
            )
        )
        batch.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch.add_column(
            sa.Column(
                "status",
                _one_of("coursestatus", "active", "retired"),
                nullable=False,
                server_default="active",
            )
        )
        batch.add_column(sa.Column("retired_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.create_foreign_key(
            op.f("fk_course_owner_id"), "user", ["owner_id"], ["id"], ondelete="RESTRICT"
        )
    op.create_index(op.f("ix_course_owner_id"), "course", ["owner_id"])
    _first_versions()
    with op.batch_alter_table("course") as batch:
        batch.alter_column("area", existing_type=sa.String(40), nullable=False)
        batch.drop_constraint(op.f(ONE_ATTEMPT), type_="check")
        batch.drop_constraint(op.f(PER_CENT), type_="check")
        for name, _type in FACTS:
            batch.drop_column(name)
        batch.create_check_constraint(
            op.f("ck_course_retired_has_day"), "(status = 'retired') = (retired_on IS NOT NULL)"
        )
    for table, _known in PARTS:
        _to_versions(table)
    _blocks()
    for table in ("assignment", "attempt"):
        _taught(table)


def downgrade() -> None:
    for table in ("attempt", "assignment"):
        op.drop_index(op.f(f"ix_{table}_course_version_id"), table_name=table)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_course_version_id"), type_="foreignkey")
            batch.drop_column("course_version_id")
    _texts_again()
    op.drop_table("lesson_block")
    with op.batch_alter_table("course") as batch:
        batch.drop_constraint(op.f("ck_course_retired_has_day"), type_="check")
        for name, type_ in FACTS:
            batch.add_column(sa.Column(name, type_, nullable=True))
    _facts_again()
    for table, known in PARTS:
        _to_courses(table, known)
    op.drop_index(op.f("ix_course_owner_id"), table_name="course")
    with op.batch_alter_table("course") as batch:
        for name, type_ in FACTS:
            batch.alter_column(name, existing_type=type_, nullable=False)
        batch.create_check_constraint(op.f(ONE_ATTEMPT), "max_attempts > 0")
        batch.create_check_constraint(op.f(PER_CENT), "pass_mark BETWEEN 1 AND 100")
        batch.drop_constraint(op.f("fk_course_owner_id"), type_="foreignkey")
        for check in ("coursearea", "coursekind", "courseaudience", "coursestatus"):
            batch.drop_constraint(op.f(f"ck_course_{check}"), type_="check")
        for column in ("area", "kind", "provider", "audience", "owner_id", "status", "retired_on", "version"):
            batch.drop_column(column)
    op.drop_table("course_version")


def _versions() -> None:
    op.create_table(
        "course_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", _one_of("versionstatus", *STATUSES), nullable=False),
        *(sa.Column(name, type_, nullable=False) for name, type_ in FACTS),
        sa.Column("cpd", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counts_for", _one_of("countsfor", "beginners", "holders"), nullable=False),
        sa.Column("change_by", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in PEOPLE),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_attempts > 0", name=op.f("ck_course_version_at_least_one_attempt")),
        sa.CheckConstraint(
            "pass_mark BETWEEN 1 AND 100", name=op.f("ck_course_version_pass_mark_is_percent")
        ),
        sa.CheckConstraint(
            "status != 'published' OR published_at IS NOT NULL",
            name=op.f("ck_course_version_published_has_time"),
        ),
        sa.CheckConstraint(
            "published_by_id IS NULL OR published_by_id != submitted_by_id",
            name=op.f("ck_course_version_published_by_a_second_person"),
        ),
        sa.CheckConstraint(
            "counts_for != 'beginners' OR change_by IS NULL",
            name=op.f("ck_course_version_only_holders_have_a_day"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_version_course_id"), ondelete="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["user.id"], name=op.f(f"fk_course_version_{name}"), ondelete="RESTRICT"
            )
            for name in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_version_course_id_number")),
    )
    for name in (*PEOPLE, "published_at"):
        op.create_index(op.f(f"ix_course_version_{name}"), "course_version", [name])
    for name, condition in (
        ("taught", "status = 'published' AND replaced_at IS NULL"),
        ("on_its_way", "status IN ('draft', 'in_review')"),
    ):
        where = sa.text(condition)
        op.create_index(
            f"uq_course_version_{name}",
            "course_version",
            ["course_id"],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def _first_versions() -> None:
    """What each course teaches now is its version 1, and taught."""
    connection = op.get_bind()
    stamps = ("created_at", "updated_at")

    def moved() -> list[sa.ColumnClause[Any]]:
        return [
            sa.column(name, type_) for name, type_ in (*FACTS, *((each, sa.DateTime()) for each in stamps))
        ]

    course = sa.table("course", sa.column("id"), sa.column("code"), sa.column("area"), *moved())
    made = sa.table(
        "course_version",
        *(sa.column(name) for name in ("course_id", "number", "status", "reason", "counts_for", "version")),
        sa.column("cpd", sa.JSON),
        sa.column("published_at", sa.DateTime),
        sa.column("settled_at", sa.DateTime),
        *moved(),
    )
    for row in connection.execute(sa.select(course)).mappings().all():
        connection.execute(
            sa.insert(made).values(
                course_id=row["id"],
                number=1,
                status="published",
                reason="",
                counts_for="beginners",
                version=1,
                cpd={},
                published_at=row["created_at"],
                settled_at=row["created_at"],
                **{name: row[name] for name, _type in FACTS},
                **{name: row[name] for name in stamps},
            )
        )
        area = AREA_OF.get(row["code"], "regulation")
        connection.execute(sa.update(course).where(course.c.id == row["id"]).values(area=area))


def _to_versions(table: str) -> None:
    """Its rows belong to version 1 of their course."""
    known = dict(PARTS)[table]
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("course_version_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("deleted_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        if table == "lesson":
            batch.add_column(sa.Column("code", sa.Text(), nullable=True))
    op.execute(
        sa.text(
            f"UPDATE {table} SET course_version_id = "
            f"(SELECT id FROM course_version WHERE course_version.course_id = {table}.course_id)"
        )
    )
    if table == "lesson":
        op.execute(sa.text("UPDATE lesson SET code = 'lesson-' || position"))
    with op.batch_alter_table(table) as batch:
        batch.alter_column("course_version_id", existing_type=sa.Integer(), nullable=False)
        if table == "lesson":
            batch.alter_column("code", existing_type=sa.Text(), nullable=False)
        batch.drop_constraint(op.f(f"uq_{table}_course_id_{known}"), type_="unique")
        batch.drop_constraint(op.f(f"fk_{table}_course_id"), type_="foreignkey")
        batch.drop_column("course_id")
        batch.create_unique_constraint(
            op.f(f"uq_{table}_course_version_id_code"), ["course_version_id", "code"]
        )
        batch.create_foreign_key(
            op.f(f"fk_{table}_course_version_id"),
            "course_version",
            ["course_version_id"],
            ["id"],
            ondelete="CASCADE",
        )


def _blocks() -> None:
    """The text of a lesson is its only block."""
    op.create_table(
        "lesson_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of("blockkind", *BLOCKS), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind NOT IN ('picture', 'attachment') OR document_id IS NOT NULL",
            name=op.f("ck_lesson_block_file_is_there"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_lesson_block_document_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_block_lesson_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_block")),
    )
    op.create_index(op.f("ix_lesson_block_document_id"), "lesson_block", ["document_id"])
    op.create_index(op.f("ix_lesson_block_lesson_id_position"), "lesson_block", ["lesson_id", "position"])
    lesson = sa.table("lesson", sa.column("id"), sa.column("text", sa.JSON))
    block = sa.table(
        "lesson_block",
        *(sa.column(name) for name in ("lesson_id", "code", "position", "kind", "version")),
        sa.column("text", sa.JSON),
        sa.column("content", sa.JSON),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(lesson)).all():
        only = {"lesson_id": row.id, "code": "text", "position": 1, "kind": "text", "version": 1}
        connection.execute(sa.insert(block).values(**only, text=row.text, content={}))
    with op.batch_alter_table("lesson") as batch:
        batch.drop_column("text")


def _taught(table: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("course_version_id", sa.Integer(), nullable=True))
    course = "assignment.course_id"
    if table == "attempt":
        course = "(SELECT course_id FROM assignment WHERE assignment.id = attempt.assignment_id)"
    op.execute(
        sa.text(
            f"UPDATE {table} SET course_version_id = "
            f"(SELECT id FROM course_version WHERE course_version.course_id = {course})"
        )
    )
    with op.batch_alter_table(table) as batch:
        batch.alter_column("course_version_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            op.f(f"fk_{table}_course_version_id"),
            "course_version",
            ["course_version_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    op.create_index(op.f(f"ix_{table}_course_version_id"), table, ["course_version_id"])


def _texts_again() -> None:
    """The texts of a lesson's blocks become its text."""
    with op.batch_alter_table("lesson") as batch:
        batch.add_column(sa.Column("text", sa.JSON(), nullable=True))
    connection = op.get_bind()
    lesson = sa.table("lesson", sa.column("id"), sa.column("text", sa.JSON))
    block = sa.table(
        "lesson_block",
        *(sa.column(name) for name in ("lesson_id", "position", "kind", "deleted_at")),
        sa.column("text", sa.JSON),
    )
    told: dict[int, dict[str, list[str]]] = {}
    found = sa.select(block).where(block.c.deleted_at.is_(None)).order_by(block.c.position)
    for row in connection.execute(found).mappings():
        for code, text in row["text"].items():
            said = f"## {text}" if row["kind"] == "heading" else text
            told.setdefault(row["lesson_id"], {}).setdefault(code, []).append(said)
    for id in connection.scalars(sa.select(lesson.c.id)).all():
        text = {code: "\n\n".join(each) for code, each in told.get(id, {}).items()}
        connection.execute(sa.update(lesson).where(lesson.c.id == id).values(text=text))
    with op.batch_alter_table("lesson") as batch:
        batch.alter_column("text", existing_type=sa.JSON(), nullable=False)


#: The version that a course is known by again: the one that is taught, else the last one.
KEPT = (
    "SELECT v.id FROM course_version v WHERE v.course_id = {course} "
    "ORDER BY CASE WHEN v.status = 'published' AND v.replaced_at IS NULL THEN 0 ELSE 1 END, v.number DESC LIMIT 1"
)


def _facts_again() -> None:
    kept = KEPT.format(course="course.id")
    for name, _type in FACTS:
        op.execute(
            sa.text(f"UPDATE course SET {name} = (SELECT {name} FROM course_version WHERE id = ({kept}))")
        )
    # A course has no version only if somebody has deleted all of them: then it was never begun.
    op.execute(sa.text("DELETE FROM course WHERE name IS NULL"))


def _to_courses(table: str, known: str) -> None:
    """What belongs to other versions goes: the former product knows none."""
    of_version = KEPT.format(course="w.course_id")
    others = (
        f"SELECT p.id FROM {table} p JOIN course_version w ON w.id = p.course_version_id "
        f"WHERE p.deleted_at IS NOT NULL OR p.course_version_id != ({of_version})"
    )
    pointing = {"lesson": ("lesson_read", "lesson_id"), "exam_question": ("attempt_answer", "question_id")}[
        table
    ]
    op.execute(sa.text(f"DELETE FROM {pointing[0]} WHERE {pointing[1]} IN ({others})"))
    op.execute(sa.text(f"DELETE FROM {table} WHERE id IN ({others})"))
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("course_id", sa.Integer(), nullable=True))
    op.execute(
        sa.text(
            f"UPDATE {table} SET course_id = "
            f"(SELECT course_id FROM course_version WHERE course_version.id = {table}.course_version_id)"
        )
    )
    if table == "lesson":
        _number_lessons()
    with op.batch_alter_table(table) as batch:
        batch.alter_column("course_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_constraint(op.f(f"uq_{table}_course_version_id_code"), type_="unique")
        batch.drop_constraint(op.f(f"fk_{table}_course_version_id"), type_="foreignkey")
        batch.drop_column("course_version_id")
        batch.drop_column("deleted_at")
        batch.drop_column("version")
        if table == "lesson":
            batch.drop_column("code")
        batch.create_unique_constraint(op.f(f"uq_{table}_course_id_{known}"), ["course_id", known])
        batch.create_foreign_key(
            op.f(f"fk_{table}_course_id"), "course", ["course_id"], ["id"], ondelete="CASCADE"
        )


def _number_lessons() -> None:
    """Positions are counted from 1 within each course, and none twice."""
    connection = op.get_bind()
    lesson = sa.table("lesson", sa.column("id"), sa.column("course_id"), sa.column("position"))
    rows = sa.select(lesson).order_by(lesson.c.course_id, lesson.c.position, lesson.c.id)
    counted: dict[int, int] = {}
    for row in connection.execute(rows).mappings().all():
        counted[row["course_id"]] = counted.get(row["course_id"], 0) + 1
        change = sa.update(lesson).where(lesson.c.id == row["id"])
        connection.execute(change.values(position=counted[row["course_id"]]))


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
