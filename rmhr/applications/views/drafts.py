"""Files that were accepted while something else in the form was not: kept, so that nobody uploads them twice.

A file lies in the data folder without a row, and the session knows its key; the sweep of orphans deletes it
after a day. Nothing about the person is stored.
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from flask import session
from werkzeug.datastructures import FileStorage

from rmhr.core import clock
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.files.types import size_words
from rmhr.models.documents import Document

SESSION = "file_drafts"
KEPT_FOR = timedelta(hours=20)  # less than the sweep waits


@dataclass(frozen=True)
class Draft:
    """What the session knows of a file."""

    key: str
    name: str
    size: int
    at: int  # seconds

    @property
    def words(self) -> str:
        """ "120 KB", beside the name."""
        return size_words(self.size)


def keep(slug: str, field: str, upload: Upload) -> Draft:
    """Keep an accepted file of one field for the next time this form is sent. One form at a time."""
    document = store.set_aside(upload)
    draft = Draft(document.key, upload.name, upload.size, int(clock.now().timestamp()))
    session[SESSION] = {"slug": slug, "files": _known(slug) | {field: asdict(draft)}}
    return draft


def find(slug: str, field: str) -> Draft | None:
    """The file that is kept for a field of this posting's form, while it is there."""
    known = _known(slug).get(field)
    if known is None:
        return None
    draft = Draft(**known)
    fresh = clock.now().timestamp() - draft.at < KEPT_FOR.total_seconds()
    return draft if fresh and store.path_of(Document(key=draft.key)).is_file() else None


def take(draft: Draft) -> Upload:
    """The kept file, looked at again as if it had just been sent. Raises NotAcceptable."""
    data = store.path_of(Document(key=draft.key)).read_bytes()
    return store.accept(FileStorage(io.BytesIO(data), filename=draft.name))


def leave_out(slug: str, field: str) -> None:
    """Forget the file of one field: the applicant does not want to send it after all."""
    session[SESSION] = {
        "slug": slug,
        "files": {name: known for name, known in _known(slug).items() if name != field},
    }


def drop() -> None:
    """Forget all of them: the application has its own copies now."""
    session.pop(SESSION, None)


def _known(slug: str) -> dict[str, Any]:
    known: Any = session.get(SESSION)
    return dict(known["files"]) if isinstance(known, dict) and known.get("slug") == slug else {}
