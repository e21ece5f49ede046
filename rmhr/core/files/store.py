"""What an uploaded file may be, and where it is kept.

A file is taken for what it is, not for what its name says: its first bytes, its inside and its name must
agree. It is kept under a random key in the data folder, outside everything that is served; its own name is
only ever shown.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction
from werkzeug.datastructures import FileStorage

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.files import extraction
from rmhr.core.files.extraction import State
from rmhr.core.files.types import CV, DOCX, ODT, PDF, TXT, Allowed, Kind, clean_name, size_words
from rmhr.core.i18n import _, gettext
from rmhr.core.patterns import Pattern
from rmhr.models.documents import Document, TextState

__all__ = [
    "CV",
    "DOCX",
    "ODT",
    "PDF",
    "TXT",
    "Allowed",
    "Kind",
    "NotAcceptable",
    "Upload",
    "accept",
    "orphans",
    "path_of",
    "store",
    "sweep",
]

#: The container of old Office files, and of new ones with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: First bytes that no plain text begins with.
NOT_TEXT = (b"%PDF-", b"%!PS", b"{\\rtf", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", OLE)
#: Letters on a page, on average, below which what was found is not what one reads there: a page of a CV has 1,000 and
#: more, a sparse one 300; the line that a scanner prints, or a name and an address above a picture, at most 100.
FEWEST_LETTERS = 200
_KEY = Pattern("[0-9a-f]{32}")


#: Where a session keeps the paths of files whose rows are not committed yet.
UNSURE = "files"

NOTHING = _("Choose a file.")
EMPTY = _("“%(name)s” is empty. Choose another file.")
TOO_LARGE = _(
    "“%(name)s” is %(size)s, at most %(limit)s are possible. Save it smaller or choose another file."
)
OTHER_TYPE = _("“%(name)s” has a type that we cannot read. Choose a file of the type %(kinds)s.")
NOT_WHAT_IT_SAYS = _(
    "“%(name)s” is not of the type %(kind)s, although its name says so. Save it again as a PDF, "
    "and choose the new file."
)
ENCRYPTED = _(
    "“%(name)s” is protected with a password. Save it without the password, and choose the new file."
)
DAMAGED = _(
    "“%(name)s” cannot be opened: it is damaged or not complete. Open it yourself, save it again as a PDF, "
    "and choose the new file."
)
TOO_SLOW = _(
    "“%(name)s” takes too long to open. Save it again as a PDF with fewer pictures, and choose the new file."
)
MACROS = _("“%(name)s” contains macros, that is, small programs. Save it as a PDF, and choose the new file.")
TEMPLATE = _(
    "“%(name)s” is a template, not a finished document. Fill it in, save it as a PDF, "
    "and choose the new file."
)
#: What the child, or already the ending of the name, says of a file that nobody should open.
REFUSED: dict[str, object] = {
    State.ENCRYPTED: ENCRYPTED,
    State.DAMAGED: DAMAGED,
    State.TOO_SLOW: TOO_SLOW,
    "macros": MACROS,
    "docm": MACROS,
    "dotm": MACROS,
    "template": TEMPLATE,
    "dotx": TEMPLATE,
    "dot": TEMPLATE,
    "ott": TEMPLATE,
}


@dataclass(frozen=True)
class Upload:
    """A file that was accepted, with what is in it. Nothing is stored yet."""

    name: str
    kind: Kind
    data: bytes
    text: str = ""
    text_state: TextState = TextState.NONE
    pages: int | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """Of the content, in hex."""
        return hashlib.sha256(self.data).hexdigest()


class NotAcceptable(ValueError):
    """The file is refused; the message tells the person who chose it what to do, in their language."""

    def __init__(self, sentence: object, **values: str) -> None:
        """`sentence` may be one of those above, with its named values."""
        super().__init__(str(sentence) % values)


def accept(file: FileStorage, allowed: Allowed = CV) -> Upload:
    """Check name, size (bytes) and content of an uploaded file; read its text (in a child process, 20 s at most).

    Raises NotAcceptable with a sentence for the form.
    """
    name = clean_name(file.filename or "")
    size = _size(file.stream)
    if not name and not size:
        raise NotAcceptable(NOTHING)
    name = name or gettext("document")
    if not size:
        raise NotAcceptable(EMPTY, name=name)
    if size > allowed.max_bytes:
        raise NotAcceptable(TOO_LARGE, name=name, size=size_words(size), limit=size_words(allowed.max_bytes))
    data = file.stream.read()
    file.stream.seek(0)
    name, kind = _kind(name, data, allowed)
    if kind.family == "text":
        text = _plain_text(name, data)
        return Upload(name, kind, data, text, TextState.FOUND)
    if data.startswith(OLE) and OLE_ENCRYPTED in data:
        raise NotAcceptable(ENCRYPTED, name=name)
    if not data.startswith(kind.begins):
        raise _mismatch(name, kind)
    return _read(name, kind, data)


# Keeping


def store(upload: Upload) -> Document:
    """Keep the file and return its row, which the caller's operation adds to the session.

    If the transaction is rolled back the file goes, too; after a crash `sweep` finds that nobody knows it. Raises
    OSError where there is no room, and leaves nothing behind.
    """
    document = set_aside(upload)
    db.session.info.setdefault(UNSURE, []).append(_path(document.key))
    return document


def set_aside(upload: Upload) -> Document:
    """Keep a file that no row will know, whatever becomes of the transaction, until `sweep` deletes it.

    Raises OSError where there is no room, and leaves nothing behind.
    """
    key = uuid.uuid4().hex
    path = _path(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, upload.data)
    return Document(
        key=key,
        name=upload.name,
        content_type=upload.kind.content_type,
        size=upload.size,
        sha256=upload.sha256,
        text=upload.text,
        text_state=upload.text_state,
        pages=upload.pages,
    )


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing."""
    unfinished = path.with_suffix(".tmp")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


@event.listens_for(Session, "after_commit")
def _sure(session: Session) -> None:
    """Whatever was kept in this transaction is known now; a part of it that is done says nothing yet."""
    if not session.in_nested_transaction():
        session.info.pop(UNSURE, None)


@event.listens_for(Session, "after_soft_rollback")
def _undone(session: Session, transaction: SessionTransaction) -> None:
    """A full disk must not be filled by what is tried again and again."""
    if transaction.parent is None:
        for path in session.info.pop(UNSURE, ()):
            path.unlink(missing_ok=True)


def path_of(document: Document) -> Path:
    """Where the file lies. Raises ValueError for a key that `store` did not make."""
    return _path(document.key)


def orphans(older_than: timedelta = timedelta(days=1)) -> Iterator[Path]:
    """Files that no row knows: left by a rollback or a crash, or their row was deleted since.

    Younger ones are left alone: their transaction may still be running.
    """
    newest = (clock.now() - older_than).timestamp()
    for folder in sorted(_root().glob("[0-9a-f][0-9a-f]")):
        known = set(db.session.scalars(sa.select(Document.key).where(Document.key.startswith(folder.name))))
        for path in sorted(folder.iterdir()):
            with suppress(FileNotFoundError):  # somebody else swept
                if path.name not in known and path.stat().st_mtime < newest:
                    yield path


def sweep(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete the orphans; returns how many. A job of the scheduler."""
    gone = list(orphans(older_than))
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _root() -> Path:
    return Path(current_app.config["DATA_DIR"])


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is not the key of a document")
    return _root() / key[:2] / key


# Looking


def _kind(name: str, data: bytes, allowed: Allowed) -> tuple[str, Kind]:
    """The kind that the name's ending promises. A PDF whose name has none is given one."""
    stem, dot, ending = name.rpartition(".")
    ending = ending.lower()
    for kind in allowed.kinds:
        if dot and stem and ending in kind.endings:
            return name, kind
    if not (dot and stem) and PDF in allowed.kinds and data.startswith(PDF.begins):
        return f"{name.strip('.')}.{PDF.endings[0]}", PDF
    if refusal := REFUSED.get(ending):
        raise NotAcceptable(refusal, name=name)
    raise NotAcceptable(OTHER_TYPE, name=name, kinds=allowed.kind_words)


def _plain_text(name: str, data: bytes) -> str:
    """The words of a text file, in whichever of the usual encodings it is."""
    if data.startswith(NOT_TEXT):
        raise _mismatch(name, TXT)
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            break
    else:
        raise _mismatch(name, TXT)
    if "\0" in text:
        raise _mismatch(name, TXT)
    tidy = extraction.tidy(text)
    if not tidy:
        raise NotAcceptable(EMPTY, name=name)
    return tidy


def _read(name: str, kind: Kind, data: bytes) -> Upload:
    """What the child found; its refusals in words."""
    found = extraction.extract(data, kind.family)
    if refusal := REFUSED.get(found.state) or REFUSED.get(found.kind):
        raise NotAcceptable(refusal, name=name)
    if found.kind != kind.name.lower():
        raise _mismatch(name, kind)
    return Upload(name, kind, data, found.text, _text_state(found), found.pages)


def _text_state(found: extraction.Extracted) -> TextState:
    """Whether the text that was found can be all that there is to read."""
    if found.state is not State.FOUND:
        return TextState.NONE
    letters = sum(sign.isalnum() for sign in found.text)
    return TextState.FOUND if letters >= FEWEST_LETTERS * (found.pages or 1) else TextState.LITTLE


def _mismatch(name: str, kind: Kind) -> NotAcceptable:
    return NotAcceptable(NOT_WHAT_IT_SAYS, name=name, kind=kind.name)


def _size(stream: IO[bytes]) -> int:
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    return size
