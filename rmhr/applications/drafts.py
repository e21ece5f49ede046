"""A CV that was accepted while something else in the form was not: kept, so that nobody uploads it twice.

The file lies in the data folder without a row, and the session knows its key; the sweep of orphans deletes it
after a day. Nothing about the person is stored.
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from flask import session
from werkzeug.datastructures import FileStorage

from rmhr.core import clock, files
from rmhr.core.files import Upload
from rmhr.core.filetypes import size_words
from rmhr.models.documents import Document

SESSION = "cv_draft"
KEPT_FOR = timedelta(hours=20)  # less than the sweep waits


@dataclass(frozen=True)
class Draft:
    """What the session knows of the file."""

    slug: str
    key: str
    name: str
    size: int
    at: int  # seconds

    @property
    def words(self) -> str:
        """ "120 KB", beside the name."""
        return size_words(self.size)


def keep(slug: str, upload: Upload) -> Draft:
    """Keep an accepted file for the next time this form is sent."""
    document = files.store(upload)
    draft = Draft(slug, document.key, upload.name, upload.size, int(clock.now().timestamp()))
    session[SESSION] = asdict(draft)
    return draft


def find(slug: str) -> Draft | None:
    """The file that is kept for this posting, while it is there."""
    known: Any = session.get(SESSION)
    if not isinstance(known, dict) or known.get("slug") != slug:
        return None
    draft = Draft(**known)
    fresh = clock.now().timestamp() - draft.at < KEPT_FOR.total_seconds()
    return draft if fresh and files.path_of(Document(key=draft.key)).is_file() else None


def take(draft: Draft) -> Upload:
    """The kept file, looked at again as if it had just been sent. Raises NotAcceptable."""
    data = files.path_of(Document(key=draft.key)).read_bytes()
    return files.accept(FileStorage(io.BytesIO(data), filename=draft.name))


def drop() -> None:
    """Forget it: the application has its own copy now."""
    session.pop(SESSION, None)
