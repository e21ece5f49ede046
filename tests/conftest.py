"""What every test is given: a database that forgets, people who sign in, mail that cannot leave, pages."""

from __future__ import annotations

import gc
import re
import shutil
import smtplib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import event, select
from sqlalchemy.engine import Engine, make_url

from config import Testing
from rmhr.commands import i18n
from tests.support import chromium as chromium_support
from tests.support import loading, postgres
from tests.support.smtp import Mailbox, server

pytest_plugins = ["tests.support.browsing"]

# The same examples each time: what fails for one fails for all. `--hypothesis-seed=…` looks further.
settings.register_profile("rmhr", derandomize=True, deadline=None, database=None)
settings.load_profile("rmhr")

ROOT = Path(__file__).resolve().parent.parent
#: Real documents from outside, for where that folder lies beside the repository.
FIXTURES = ROOT.parent / "shared" / "fixtures"
LEFT_OUT = ROOT / "build" / "left-out.txt"
FAILED = ROOT / "build" / "failed.txt"
#: Which marked tests are not part of which pass.
NOT_ON = {"sqlite": {"postgresql"}, "postgresql": {"sqlite", "browser", "once"}}
#: What is run on PostgreSQL as well without saying so: modules called so, and what opens connections of its own.
ON_BOTH = re.compile(r"test_(pages|migrations|queries|due|operations|lists|search)(_|\b)")
OWN_CONNECTIONS = "fresh_database"
#: What takes longest, the longest first: begun first, so that no worker is left alone with it at the end.
LONGEST = (
    "tests/test_upgrade.py",
    "tests/journeys/",
    "tests/test_pages.py",
    "tests/test_true_over_time.py",
    "tests/bench/test_seeds.py",
    "tests/test_migrations.py",
    "tests/accounts/test_left.py",
    "tests/test_start.py",
    "tests/core/test_schema.py",
)
OUTCOMES = ("passed", "failed", "skipped", "xfailed", "error")
STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")

_server = pytest.StashKey[postgres.Server]()
_left_out = pytest.StashKey[list[str]]()
_began = pytest.StashKey[float]()


# The run: which database, what is there, what had to be left out.


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database=postgresql` runs the suite on PostgreSQL; without it, on SQLite."""
    parser.addoption("--database", choices=sorted(NOT_ON), default="sqlite", help="what the suite runs on")
    parser.addoption("--begin-within", type=float, help="seconds after which no further test begins")


def pytest_configure(config: pytest.Config) -> None:
    """Start what all workers share, once, in the process that leads them."""
    # Each test makes many rows that go by themselves; looking for circles among them costs a twelfth of the run. What
    # lives longer is looked at now and then all the same: else a worker grows by half a gigabyte.
    gc.set_threshold(100_000, 20, 5)
    loading.begin()
    config.stash[_left_out] = []
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    i18n.compile_all()
    # Templates are compiled once for all workers and applications of this run, by the code of this run.
    for compiled in Testing.TEMPLATES_DIR.glob("templates-*"):
        shutil.rmtree(compiled, ignore_errors=True)
    if config.option.database == "postgresql":
        try:
            config.stash[_server] = postgres.start()
        except postgres.Unavailable as error:
            _leave_out(config, f"the whole suite on PostgreSQL ({error})")
            pytest.exit("no PostgreSQL", returncode=0)
        except postgres.Unreachable as error:
            pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
    else:
        if not chromium_support.find():
            _leave_out(config, "browser tests (no Chromium; as root on Debian: apt install chromium)")
        if not FIXTURES.is_dir():
            _leave_out(config, "tests with real documents (no folder ../shared/fixtures)")


def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the server is."""
    if _server in node.config.stash:
        node.workerinput["server"] = node.config.stash[_server].url


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the throw-away server."""
    if _server in config.stash:
        config.stash[_server].stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep to the tests of this pass. What needs a thing that is missing is skipped, and said at the end."""
    database = config.option.database
    kept = [
        item
        for item in items
        if not NOT_ON[database].intersection(mark.name for mark in item.iter_markers())
        and (database == "sqlite" or is_about_the_database(item))
    ]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = sorted(kept, key=_begun)
    missing = []
    if not chromium_support.find():
        missing.append(("browser", "no Chromium"))
    if not FIXTURES.is_dir():
        missing.append(("fixtures", "no folder ../shared/fixtures"))
    for item in items:
        for mark, reason in missing:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


def _begun(item: pytest.Item) -> tuple[int, bool]:
    """What is begun before what: a file of LONGEST, then what needs a browser, then the rest."""
    places = [number for number, path in enumerate(LONGEST) if item.nodeid.startswith(path)]
    return (places or [len(LONGEST)])[0], not item.get_closest_marker("browser")


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end, and is not looked at again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Remember when, for --begin-within."""
    session.config.stash[_began] = time.monotonic()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """With --begin-within, what comes too late is not begun."""
    most = item.config.option.begin_within
    return True if most and time.monotonic() - item.config.stash[_began] > most else None


def is_about_the_database(item: pytest.Item) -> bool:
    """Whether a test runs on PostgreSQL, too: docs/decisions/0013-what-runs-on-postgresql.md."""
    return bool(
        ON_BOTH.match(item.path.stem)
        or OWN_CONNECTIONS in getattr(item, "fixturenames", ())
        or any(item.get_closest_marker(mark) for mark in ("both", "postgresql"))
    )


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out; and write down what failed, for `make test` to say once more at the end of all."""
    for line in config.stash[_left_out]:
        terminalreporter.write_line(f"Left out: {line}", yellow=True)
    if hasattr(config, "workerinput"):
        return
    begun = sum(len(reports) for kind, reports in terminalreporter.stats.items() if kind in OUTCOMES)
    if config.option.begin_within and begun < (there := terminalreporter._session.testscollected):
        terminalreporter.write_line(
            f"No time left for {there - begun} tests: make test runs them.", yellow=True
        )
    failed = [each for kind in ("failed", "error") for each in terminalreporter.stats.get(kind, [])]
    if failed:
        FAILED.parent.mkdir(exist_ok=True)
        with FAILED.open("a", encoding="utf-8") as file:
            file.writelines(f"{config.option.database}: {_in_short(each)}\n" for each in failed)


def _in_short(report: Any) -> str:
    """Which test, in which of its phases, and the first line of why."""
    crash = getattr(report.longrepr, "reprcrash", None)
    lines = (crash.message if crash else str(report.longrepr)).strip().splitlines() or [""]
    return f"{report.nodeid} ({report.when}): {lines[0][:300]}"


def _leave_out(config: pytest.Config, line: str) -> None:
    """Said at the end of this run, and once more by `make test` at the end of all."""
    config.stash[_left_out].append(line)
    LEFT_OUT.parent.mkdir(exist_ok=True)
    with LEFT_OUT.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


# The database: one per worker, one transaction per test.


@pytest.fixture(scope="session")
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Callable[..., str]]:
    """`new_database("x")` makes an empty database of this pass's kind, and gives its URL.

    `new_database("x", like=url)` makes a copy of another one that it has made, to which nobody is connected.
    """
    config, made = request.config, []
    folder = tmp_path_factory.mktemp("databases")
    if config.option.database == "sqlite":

        def lay(name: str, like: str = "") -> str:
            path = folder / f"{name}.db"
            if like:
                shutil.copyfile(like.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"

        yield lay
        return
    lead = getattr(config, "workerinput", {}).get("server") or config.stash[_server].url

    def make(name: str, like: str = "") -> str:
        made.append(f"rmhr_test_{worker_id}_{name}")
        return postgres.create(lead, made[-1], *([make_url(like).database] if like else []))

    yield make
    for name in made:
        postgres.drop(lead, name)


@pytest.fixture
def fresh_database(new_database: Callable[..., str], request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, for tests that migrate or open connections of their own."""
    return new_database(_name_of_fresh(request))


def _name_of_fresh(request: pytest.FixtureRequest) -> str:
    return "fresh" if request.config.option.database == "postgresql" else request.node.name[:60]


@pytest.fixture(scope="session")
def at_the_newest_migration(
    new_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of a database that all migrations have made, once for each worker: to be copied, not to be used."""
    from flask_migrate import upgrade

    from rmhr import create_app
    from rmhr.core.db import db

    made = new_database("upgraded")
    with create_app(Testing(made, tmp_path_factory.mktemp("upgraded"))).app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    if made.startswith("sqlite"):
        # Tables that migrations made anew have left room behind: a file without it is full when it says so.
        with closing(sqlite3.connect(made.removeprefix("sqlite:///"))) as connection:
            connection.execute("VACUUM")
    return made


@pytest.fixture
def upgraded_database(
    fresh_database: str,
    at_the_newest_migration: str,
    new_database: Callable[..., str],
    request: pytest.FixtureRequest,
) -> str:
    """The `fresh_database`, to which nobody has connected yet, with all migrations behind it and no rows."""
    return new_database(_name_of_fresh(request), like=at_the_newest_migration)


@pytest.fixture(scope="session")
def app(new_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, on this worker's database with every table."""
    from rmhr import create_app
    from rmhr.core.db import db

    app = create_app(Testing(new_database("suite"), tmp_path_factory.mktemp("files")))
    app.test_client_class = Client
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Any]:
    """The session of this test; whatever is committed in it is gone after it."""
    from rmhr.core.db import db

    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        transaction = connection.begin()
        # Flask-SQLAlchemy's session asks `db.engines`, not its own bind, where to connect.
        engines: Any = db.engines
        engines[None] = connection
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield db.session
        finally:
            db.session.remove()
            engines[None] = engine
            transaction.rollback()
            connection.close()
            # Sealing has noted how far the history of this test had come, and that history is gone.
            shutil.rmtree(Path(app.config["DATA_DIR"]) / "history", ignore_errors=True)


@pytest.fixture(autouse=True)
def _isolated(request: pytest.FixtureRequest) -> None:
    """Each test has its transaction, but those that ask no database or open a real one."""
    if not any(request.node.get_closest_marker(mark) for mark in ("browser", "once")):
        request.getfixturevalue("session")


@pytest.fixture
def max_queries() -> Callable[[int], AbstractContextManager[list[str]]]:
    """`with max_queries(5):` fails if the block asks the database more often. It gives the statements."""

    @contextmanager
    def limit(most: int) -> Iterator[list[str]]:
        asked: list[str] = []

        def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.lstrip("( \n").upper().startswith(STATEMENTS):
                asked.append(statement)

        event.listen(Engine, "before_cursor_execute", count)
        try:
            yield asked
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        listed = "\n".join(
            f"{n}. {' '.join(statement.split())[:200]}" for n, statement in enumerate(asked, 1)
        )
        assert len(asked) <= most, f"{len(asked)} statements, at most {most} expected:\n{listed}"

    return limit


# Requests without a browser.


class Client(FlaskClient):
    """A client whose requests have a session of their own: what was not committed is not there after."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request as another process would: it sees what was committed, nothing else."""
        from rmhr.core.db import db

        db.session.commit()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.expire_all()
        return answer


@pytest.fixture
def browser(app: Flask) -> Callable[..., FlaskClient]:
    """`browser(user)` is a test client signed in as that user; `browser()` is a stranger's."""

    from tests.factories.accounts import signed_in

    def sign_in(user: Any = None, language: str | None = None) -> FlaskClient:
        client = app.test_client()
        if language:
            client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        if user is not None:
            with client.session_transaction() as cookie:
                cookie.update(signed_in(user))
        return client

    return sign_in


# Mail.


@pytest.fixture(autouse=True)
def no_mail(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves: opening an SMTP connection fails a test, unless it has the `mailbox` or the `bank`."""
    if {"mailbox", "bank"} & set(request.fixturenames):
        return

    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("a test tried to open an SMTP connection")

    monkeypatch.setattr(smtplib.SMTP, "connect", refuse)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server on the loopback: `mailbox.url`, `mailbox.received`."""
    with server() as box:
        yield box


@pytest.fixture
def mails(session: Any) -> Callable[[], list[Any]]:
    """`mails()` is what the product has to say so far, oldest first: rows of `Message`."""
    from rmhr.models.system import Message

    return lambda: list(session.scalars(select(Message).order_by(Message.id)))


@pytest.fixture
def shared_fixtures() -> Path:
    """The folder of real documents; a test that uses it carries @pytest.mark.fixtures."""
    return FIXTURES
