"""One at a time, across processes: an advisory lock in PostgreSQL, a locked file beside an SQLite database.

A lock ends with the process that holds it, however that ends. It only keeps processes out of each other's
way: what must not happen twice is kept from it by rows and constraints.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from rmhr.core.db import db


class Lock(Protocol):
    """Something that only one process holds at a time."""

    def acquire(self) -> bool:
        """Take it, without waiting; False where another process has it."""

    def held(self) -> bool:
        """Whether it is still ours: a database that went away took its locks along."""

    def release(self) -> None:
        """Give it back; harmless where it is not ours."""


def lock(name: str) -> Lock:
    """The lock called `name` for this application's database."""
    engine = db.engine
    url = engine.engine.url
    if engine.dialect.name == "postgresql":
        return _AdvisoryLock(url, name)
    return _FileLock(Path(f"{url.database}.{name}.lock"))


@contextmanager
def holding(name: str) -> Iterator[bool]:
    """Hold the lock inside this block; the value says whether it could be had."""
    taken = lock(name)
    got = taken.acquire()
    try:
        yield got
    finally:
        taken.release()


class _AdvisoryLock:
    """A session's lock on a connection of its own: it must live longer than any transaction."""

    #: A server that went away without a word must be noticed within seconds.
    CONNECT = {"connect_timeout": 10, "tcp_user_timeout": 10_000, "keepalives_idle": 10}

    def __init__(self, url: sa.URL, name: str) -> None:
        self.engine = sa.create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=self.CONNECT
        )
        digest = hashlib.sha256(f"rmhr.{name}".encode()).digest()
        self.key = int.from_bytes(digest[:8], signed=True)
        self.connection: sa.Connection | None = None

    def acquire(self) -> bool:
        if self.connection is not None:
            return self.held()
        try:
            connection = self.engine.connect()
        except SQLAlchemyError:
            return False
        try:
            got = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(self.key))))
        except SQLAlchemyError:
            got = False
        if got:
            self.connection = connection
        else:
            connection.close()
        return got

    def held(self) -> bool:
        if self.connection is None:
            return False
        try:
            self.connection.scalar(sa.select(1))
        except SQLAlchemyError:
            self.connection.invalidate()
            self.release()
            return False
        return True

    def release(self) -> None:
        # Closing the session is what unlocks, whatever state the connection is in.
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.close()
            except SQLAlchemyError:
                connection.invalidate()


class _FileLock:
    """A locked file. The file stays: removing it would let two processes hold two files of one name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: int | None = None

    def acquire(self) -> bool:
        if self.file is not None:
            return self.held()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self.file = file
        if not self.held():
            # Somebody removed the file between opening and locking it.
            self.release()
            return False
        return True

    def held(self) -> bool:
        if self.file is None:
            return False
        try:
            there, ours = self.path.stat(), os.fstat(self.file)
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def release(self) -> None:
        file, self.file = self.file, None
        if file is not None:
            os.close(file)
