"""The ground that tables stand on: base class, column types, naming, and how SQLite is set up."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, TypeVar, cast

import sqlalchemy as sa
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    declared_attr,
    mapped_column,
    registry,
)
from sqlalchemy.sql import visitors

from rmhr.core import clock, folding
from rmhr.core.i18n import Words

CONSTRAINT_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


#: A SELECT of whatever columns.
Rows = sa.Select[*tuple[Any, ...]]
_Query = TypeVar("_Query", bound=sa.SelectBase)


class UTCDateTime(sa.TypeDecorator[datetime]):
    """Aware UTC datetimes in Python, whatever the database stores. Refuses naive ones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Store the moment in UTC. Raises ValueError for one without a time zone: it would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the moment back as UTC."""
        return value.replace(tzinfo=UTC) if value is not None else None


def this_day(days: int = 0) -> sa.BindParameter[date]:
    """Today on the bank's calendar, or so many days from then: asked when the statement runs, so it may be kept."""
    return sa.bindparam(
        f"day_{days}".replace("-", "minus_"),
        callable_=lambda: clock.today() + timedelta(days=days),
        type_=sa.Date(),
    )


def this_moment(ago: timedelta = timedelta()) -> sa.BindParameter[datetime]:
    """The present moment: asked when the statement runs, so it may be kept."""
    return sa.bindparam(
        f"moment_{ago.total_seconds():.0f}".replace("-", "minus_"),
        callable_=lambda: clock.now() - ago,
        type_=UTCDateTime(),
    )


def spelled_out(query: _Query) -> _Query:
    """The same SELECT with its constants written into the statement; what is asked when it runs stays a parameter.

    For a statement that is kept: SQLite plans one anew for each run whose parameters decide which partial index fits,
    and SQLAlchemy handles each parameter of each run.
    """

    def written(part: Any) -> Any:
        if isinstance(part, sa.BindParameter) and part.callable is None and _is_plain(part.value):
            return sa.literal_column(_literal(part.value), part.type)
        return None

    return cast(_Query, _replaced(query, written))


def _replaced(query: Any, by: Callable[[Any], Any]) -> Any:
    """The same statement with other parts, where `by` gives one."""
    replace: Any = visitors.replacement_traverse  # its types know expressions alone
    return replace(query, {}, lambda part, **_how: by(part))


def written_out(query: Rows, apart: str = "") -> Rows | sa.TextualSelect:
    """The same SELECT as the text that this database gets, for a statement that is kept.

    What it was put together from takes a hundred times the memory of its text: of a union of all due sources ten
    megabytes. What is given by name, or asked when it runs, stays a parameter. As it is stays what loads things of the
    session, and what is given a list, which has as many parameters as it is long. `apart`: how the names of its values
    begin, where it becomes a part of larger statements. Raises ValueError where a text in it looks like a parameter.
    """
    if _loads_things(query) or _takes_lists(query):
        return query
    # The plain dialects: what a driver adds to a parameter it adds to that of the text, too.
    named: Any = {"sqlite": SQLiteDialect, "postgresql": PGDialect}[db.engine.dialect.name]
    written = query.compile(dialect=named(paramstyle="named"), compile_kwargs={"render_postcompile": True})
    names = {name: _name_of(bind, name, apart) for name, bind in written.binds.items()}
    said = str(written)
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(f":{name}", f":{names[name]}")
    text = sa.text(said)
    binds = {names[name]: bind for name, bind in written.binds.items()}
    asked = text.compile().params.keys()
    if not asked <= binds.keys():
        raise ValueError(f"no parameters, but texts: {', '.join(sorted(asked - binds.keys()))}")
    given = text.bindparams(*(_as_given(name, binds[name]) for name in asked))
    return given.columns(*(sa.column(column.name, column.type) for column in query.selected_columns))


def _name_of(bind: sa.BindParameter[Any], name: str, apart: str) -> str:
    """How a parameter is called: what is shared by name keeps it."""
    shared = bind.key == name and not bind.unique and (bind.required or bind.callable is not None)
    return name if shared or not apart else f"{apart}_{name}"


def _loads_things(query: Rows) -> bool:
    found: Any = query.column_descriptions  # of a SELECT that knows no things, they say nothing of them
    return any(each.get("entity") is not None and each["entity"] is each["expr"] for each in found)


def _takes_lists(query: Rows) -> bool:
    return any(
        isinstance(part, sa.BindParameter) and part.expanding and not part.literal_execute
        for part in visitors.iterate(query)
    )


def _as_given(name: str, bind: sa.BindParameter[Any]) -> sa.BindParameter[Any]:
    if bind.callable is not None:
        return sa.bindparam(name, callable_=bind.callable, type_=bind.type)
    if bind.required:
        return sa.bindparam(name, type_=bind.type)
    return sa.bindparam(name, bind.value, type_=bind.type)


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(_is_plain(each) for each in value)
    return isinstance(value, str | int | enum.Enum)


def _literal(value: Any) -> str:
    """A constant as both databases read it."""
    if isinstance(value, list | tuple):
        return f"({', '.join(_literal(each) for each in value)})"
    if isinstance(value, enum.Enum):
        return _literal(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


class FromLeft(sa.Join):
    """A join of two tables of which SQLite reads the left one first; elsewhere a join like any other.

    For a SELECT that is asked for few rows of the left table or none, which SQLite cannot know: it keeps no statistics
    of single values, and as long as nobody has asked for any (`take_statistics`) none at all. PostgreSQL does. See
    https://sqlite.org/optoverview.html, "Manual Control Of Query Plans Using CROSS JOIN".
    """

    inherit_cache = True


@compiles(FromLeft, "sqlite")
def _from_left(join: FromLeft, compiler: Any, **given: Any) -> str:
    left: str = compiler.process(join.left, **given | {"asfrom": True})
    right: str = compiler.visit_join(join, **given).removeprefix(left)
    return left + right.replace(" JOIN ", " CROSS JOIN ", 1)


class Bilingual(sa.TypeDecorator[Words]):
    """A text in several languages, stored as JSON."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: sa.Dialect) -> dict[str, str] | None:
        """Store a plain mapping."""
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Words | None:
        """Give it back as words."""
        return None if value is None else Words(value)


def said_in(column: Any, code: str) -> sa.ColumnElement[str]:
    """Returns a text in several languages as it is in this one; NULL where there is none."""
    said: sa.ColumnElement[str] = sa.type_coerce(column, sa.JSON)[code].as_string()
    return said


def _values(members: type[enum.Enum]) -> list[str]:
    return [member.value for member in members]


def enum_type(members: type[enum.Enum], constraint: str | None = None) -> sa.Enum:
    """Returns how an enum is stored: by value, which the database checks.

    `constraint` is what the check is called, where the enum had another name when its column was made.
    """
    named = {"name": constraint} if constraint else {}
    return sa.Enum(
        members, native_enum=False, create_constraint=True, length=40, values_callable=_values, **named
    )


STORED_AS: dict[Any, Any] = {
    datetime: UTCDateTime,
    Words: Bilingual,
    str: sa.Text,
    enum.Enum: enum_type(enum.Enum),
    dict[str, Any]: sa.JSON,
    list[str]: sa.JSON,
    list[int]: sa.JSON,
    list[dict[str, Any]]: sa.JSON,
}


class Base(DeclarativeBase):
    """Every table's base. The type map sits on a registry because Flask-SQLAlchemy rejects it on the class."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=CONSTRAINT_NAMES), type_annotation_map=STORED_AS
    )
    __table__: ClassVar[sa.Table]

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _tidy_what_is_set(_class: type, _key: str, attribute: InstrumentedAttribute[Any]) -> None:
    """Whichever way a text comes in (form, command, import, another program), it is kept in one form of Unicode.

    Not where each character counts, as in a file for calendars: such a column says `info={"verbatim": True}`.
    """
    columns = getattr(attribute.property, "columns", ())
    if columns and isinstance(columns[0].type, sa.String | Bilingual) and not columns[0].info.get("verbatim"):
        event.listen(attribute, "set", _tidied, retval=True)


def _tidied(_row: Any, value: Any, _before: Any, _initiator: Any) -> Any:
    if type(value) is str:
        return value if value.isascii() and "\r" not in value else folding.tidy(value)
    if isinstance(value, Words):
        return Words({code: folding.tidy(text) for code, text in value.items()})
    return value


class Timestamps:
    """When a row was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    updated_at: Mapped[datetime] = mapped_column(default=lambda: clock.now(), onupdate=lambda: clock.now())


class Versioned:
    """Two people saving the same row at once: the second gets StaleDataError, not a lost update."""

    @declared_attr
    def version(cls) -> Mapped[int]:
        return mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Audited:
    """Rows of this table are only written by operations, and every write is recorded (see core.audit)."""

    @property
    def called_in_history(self) -> Any:
        """What tells this row from others of its kind in one history; None where nothing need tell it."""
        return None


@event.listens_for(Audited, "attribute_instrument", propagate=True)
def _keep_the_old_value(_class: type, _key: str, attribute: InstrumentedAttribute[Any]) -> None:
    """Without this, assigning to a column that was not read first would lose what it was.

    Here, since it must be known before the first table is: whatever is imported first.
    """
    if hasattr(attribute.property, "columns"):
        event.listen(attribute, "set", lambda *_: None, active_history=True)


#: The driver of PostgreSQL.
PSYCOPG = "psycopg"
#: Set while a request only reads.
reading: ContextVar[bool] = ContextVar("reading", default=False)

db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def _local_day(moment: str | None) -> str | None:
    """The day of a stored moment on the bank's calendar, for SQLite; see core/due/words.py."""
    return (
        clock.local(datetime.fromisoformat(moment).replace(tzinfo=UTC)).date().isoformat() if moment else None
    )


@event.listens_for(Engine, "connect")
def _sqlite_connect(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # SQLAlchemy emits BEGIN itself, so SAVEPOINT works
        connection.create_function("local_day", 1, _local_day, deterministic=True)
        folding.on_connect(connection)
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=20000")
        cursor.close()


@event.listens_for(Engine, "begin")
def _sqlite_begin(connection: sa.Connection) -> None:
    # IMMEDIATE: a deferred transaction that writes later fails at once when another one writes, whatever the timeout.
    # Whoever only reads (a GET) must not wait for a writer, and needs no write lock.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")


@event.listens_for(Engine, "do_connect")
def _postgresql_connect(dialect: sa.Dialect, _record: Any, how: list[Any], named: dict[str, Any]) -> Any:
    if dialect.driver != PSYCOPG:
        return None
    from rmhr.core.prepared import Prepared  # it takes psycopg, which a start with SQLite has no use for

    return Prepared.connect(*how, **named)


@event.listens_for(Engine, "begin")
def _postgresql_begin(connection: sa.Connection) -> None:
    _tell(connection, only_reads=True)


@event.listens_for(Engine, "before_cursor_execute")
def _postgresql_executes(connection: sa.Connection, *of: Any) -> None:
    _cursor, _statement, _parameters, context, _many = of
    if not isinstance(context.invoked_statement, sa.SelectBase):
        _tell(connection, only_reads=False)


def _tell(connection: sa.Connection, *, only_reads: bool) -> None:
    """Let a connection of core.prepared know what this transaction does."""
    if connection.dialect.driver == PSYCOPG:
        driver: Any = connection.connection.dbapi_connection
        driver.only_reads = only_reads


@contextmanager
def only_reading() -> Iterator[None]:
    """What takes long and only reads, inside a request that writes before or after it: no writer waits for it.

    It has a transaction of its own. What the request wrote before and has not committed is lost.
    """
    db.session.rollback()
    token = reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        reading.reset(token)


def deleted(statement: sa.Delete) -> int:
    """Execute a DELETE on a table without history; returns how many rows it deleted."""
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, sa.CursorResult)  # what a DELETE without RETURNING gives
    return int(result.rowcount)


def take_statistics() -> None:
    """Let SQLite count its tables anew: where they have grown it may otherwise search by the wrong index.

    PostgreSQL does so by itself. The limit is what https://sqlite.org/lang_analyze.html advises: it reads a part only.
    """
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit=1000")
        connection.exec_driver_sql("ANALYZE")


def render_migration_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Migrations must not import rmhr: our types are written as the plain types they store."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Bilingual):
        return "sa.JSON()"
    return False


migrate = Migrate(db=db, compare_type=True, render_as_batch=True, render_item=render_migration_item)
