"""The reading of an application's CV: made once, in the child, kept, and shown from then on.

It is made when the application comes in. What could not be read then, and what came before there were readings, a job
reads; until then, the text stands on the page as it is. Nothing is written while the child is at work: SQLite has one
writer, and nobody is to wait for a CV.
"""

from __future__ import annotations

import logging

from rmhr.applications import queries
from rmhr.core.db import db
from rmhr.core.due.jobs import STOPPING
from rmhr.core.files import reading
from rmhr.core.files.extraction import ExtractionBroken
from rmhr.models.applications import CvReading
from rmhr.models.criteria import PostingVersion

#: Applications that one run of the job reads: they take a second each at worst.
MOST = 40

_log = logging.getLogger(__name__)


def at_once(text: str, version: PostingVersion) -> CvReading | None:
    """The reading of a CV that comes in, which is not refused where that fails: the job tries again."""
    try:
        return made(text, version) if text else None
    except ExtractionBroken:
        _log.exception("a CV that came in was not read")
        return None


def made(text: str, version: PostingVersion) -> CvReading | None:
    """The reading of the text of a CV for the criteria of a posting; None where it did not come in time.

    Raises ExtractionBroken where none can be read.
    """
    criteria = version.criteria
    found = reading.read(text, [list(each.text.values()) for each in criteria])
    if found is None:
        return None
    return CvReading(
        outline=found.outline,
        passages=[
            {"criterion": criteria[number - 1].id, "start": start, "end": end}
            for number, start, end in found.passages
        ],
    )


def make_missing() -> int:
    """Read CVs that nobody has read yet, MOST at a time; says how many."""
    fresh: list[CvReading] = []
    for application in queries.readings.missing(MOST):
        if STOPPING.is_set():
            break
        # One that did not come in time would not the next time either.
        found = made(application.cv.text, application.posting_version) or CvReading(outline=[], passages=[])
        found.application_id = application.id
        fresh.append(found)
    db.session.add_all(fresh)
    return len(fresh)
