"""What is the matter where nobody made a mistake: a full disk, a lock that is not given, a database that is gone."""

from __future__ import annotations

import enum
import errno
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection

#: https://sqlite.org/rescode.html and https://www.postgresql.org/docs/current/errcodes-appendix.html
SQLITE = {
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_FULL": "full",
    "SQLITE_IOERR": "away",
    "SQLITE_CANTOPEN": "away",
    "SQLITE_READONLY": "away",
    "SQLITE_NOTADB": "away",
    "SQLITE_CORRUPT": "away",
    "SQLITE_PROTOCOL": "busy",
}
POSTGRESQL = {
    "53100": "full",
    "55P03": "busy",  # a lock was not given in time
    "57014": "busy",  # a statement took too long
    "40001": "busy",
    "40P01": "busy",  # two waited for each other
    "25006": "away",  # it only reads at the moment
    "08": "away",
    "53": "busy",
    "57": "away",
    "58": "away",
}
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
AWAY = (errno.EROFS, errno.EIO)
#: Two at once came to the same: what is unique, what is referred to, what may not overlap.
MET = ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_FOREIGNKEY")
MET_POSTGRESQL = ("23505", "23503", "23P01")


class Trouble(enum.Enum):
    """Why something cannot be done now, and could be in a moment or once somebody has looked after it."""

    FULL = "full"
    BUSY = "busy"
    AWAY = "away"


def trouble(error: BaseException) -> Trouble | None:
    """What is the matter; None where it is a mistake of ours.

    What followed from it counts, too: a full disk makes SQLite forget the savepoint to which one then goes back.
    """
    found, cause = _trouble(error), error.__context__
    while found is None and cause is not None and isinstance(error, DBAPIError):
        found, cause = _trouble(cause), cause.__context__
    return found


def _trouble(error: BaseException) -> Trouble | None:
    if isinstance(error, NoConnection):
        return Trouble.BUSY
    if isinstance(error, DBAPIError):
        return Trouble.AWAY if error.connection_invalidated else _of_database(error.orig)
    if isinstance(error, OSError):
        if error.errno in FULL:
            return Trouble.FULL
        return Trouble.AWAY if error.errno in AWAY else None
    return None


def met(error: IntegrityError) -> bool:
    """Whether two at once can come to this. What a row may never say is a mistake of ours."""
    name, state = _code(error.orig)
    return name in MET or state in MET_POSTGRESQL


def _of_database(orig: Any) -> Trouble | None:
    name, state = _code(orig)
    if name is not None:  # "SQLITE_IOERR_WRITE" is a kind of "SQLITE_IOERR"
        found = SQLITE.get("_".join(name.split("_")[:2]))
    elif state:
        found = POSTGRESQL.get(state) or POSTGRESQL.get(state[:2])
    else:  # a server that cannot be reached gives no code
        found = "away" if type(orig).__name__ in ("OperationalError", "InterfaceError") else None
    return Trouble(found) if found else None


def _code(orig: Any) -> tuple[str | None, str | None]:
    """What SQLite calls it, or the code of PostgreSQL."""
    return getattr(orig, "sqlite_errorname", None), getattr(orig, "sqlstate", None)
