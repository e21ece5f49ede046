"""The reading of an application's CV: made once, in the child, kept, and shown from then on.

It is made when the application comes in. What could not be read then, and what came before there were readings, a job
reads; until then, the text stands on the page as it is.
"""

from __future__ import annotations

import logging

from rmhr.applications import queries
from rmhr.core.files import reading
from rmhr.core.files.extraction import ExtractionBroken
from rmhr.models.applications import Application, CvReading

#: Applications that one run of the job reads: they take a second each at worst.
MOST = 40

_log = logging.getLogger(__name__)


def make_at_once(application: Application) -> None:
    """Read the CV of an application that comes in; it is not refused where that fails: the job tries again."""
    if application.cv.text:
        try:
            make(application)
        except ExtractionBroken:
            _log.exception("the CV of application %s was not read", application.id)


def make(application: Application) -> bool:
    """Read the CV and keep what came of it; whether it could be read in time.

    Raises ExtractionBroken where none can be read.
    """
    criteria = application.posting_version.criteria
    found = reading.read(application.cv.text, [list(each.text.values()) for each in criteria])
    if found is None:
        return False
    application.reading = CvReading(
        outline=found.outline,
        passages=[
            {"criterion": criteria[number - 1].id, "start": start, "end": end}
            for number, start, end in found.passages
        ],
    )
    return True


def make_missing() -> int:
    """Read CVs that nobody has read yet, MOST at a time; says how many."""
    made = 0
    for application in queries.readings.missing(MOST):
        if not make(application):
            application.reading = CvReading(outline=[], passages=[])  # it would not come the next time either
        made += 1
    return made
