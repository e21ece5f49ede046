"""Anchors: how far the chain of the history had come, and its last seal, kept outside the database.

This machine notes them in a file beside the uploads whenever it seals; each day one goes to compliance by mail. A chain
that is shorter than an anchor says was cut off, one with another seal at its number was written anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.patterns import Pattern

#: Where a session keeps the last seal until it is committed.
WAITING = "anchor"
#: A line of the file, and of the mail: "2026-11-30 4711 hmac-sha256:…".
LINE = Pattern(r"(\d{4}-\d\d-\d\d) (\d{1,12}) ((?:hmac-sha256:)?[0-9a-f]{64})")


@dataclass(frozen=True)
class Anchor:
    """The last seal of a day: how many there were, and its digest."""

    day: str
    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.day} {self.number} {self.digest}"


def path() -> Path:
    """The file of this machine."""
    return Path(current_app.config["DATA_DIR"]) / "history" / "anchors.txt"


def note_once_committed(number: int, digest: str) -> None:
    """Note the last seal as soon as it is stored: an anchor is never ahead of the database."""
    db.session.info[WAITING] = number, digest


@event.listens_for(Session, "after_commit")
def _stored(session: Session) -> None:
    if WAITING in session.info and not session.in_nested_transaction():
        note(*session.info.pop(WAITING))


@event.listens_for(Session, "after_soft_rollback")
def _undone(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(WAITING, None)


def note(number: int, digest: str) -> None:
    """Note the last seal: one line a day, that of today is brought in step."""
    new = Anchor(clock.today().isoformat(), number, digest)
    lines = list(noted())
    if lines and lines[-1] == new:
        return
    kept = [each for each in lines if each.day != new.day]
    file = path()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text("".join(f"{each}\n" for each in (*kept, new)), encoding="utf-8")
    fresh.replace(file)


def noted() -> Iterator[Anchor]:
    """The anchors of this machine, the oldest first."""
    file = path()
    if file.is_file():
        yield from read(file.read_text(encoding="utf-8"))


def read(text: str) -> Iterator[Anchor]:
    """The anchors that a text holds: the file of a machine, or mails that were kept."""
    for day, number, digest in LINE.findall(text):
        yield Anchor(day, int(number), digest)
