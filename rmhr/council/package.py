"""What the works council gets (section 99(1) BetrVG): all who applied, what they sent, what was found out about them.

It is one ZIP file: an overview as PDF, and a folder for each applicant with the files as they were sent.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from rmhr.applications import queries as applications
from rmhr.core import bank, clock
from rmhr.core.errors import NotPossible
from rmhr.core.files import pdf, store
from rmhr.core.i18n import gettext, speaking
from rmhr.core.words import day_long, moment
from rmhr.council.queries import among
from rmhr.interviews import queries as interviews
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.council import CouncilRequest
from rmhr.models.documents import Document

TEMPLATE = "council/overview.typ"
#: The works council reads German: so does its law.
LANGUAGE = "de"
#: Of a name in a folder: letters, digits and what people write between them.
_BETWEEN = " -_."


@dataclass(frozen=True)
class Folder:
    """One applicant: the application, and the files that go with it under the names that they get."""

    name: str
    application: Application
    files: Sequence[tuple[str, Document]]


def folders(among_them: Iterable[Application]) -> list[Folder]:
    """What belongs to a package, an applicant a folder, in the order in which they applied."""
    return [_folder(number, each) for number, each in enumerate(among_them, 1)]


def _folder(number: int, application: Application) -> Folder:
    documents = [application.cv, *(it.document for it in application.answers if it.document is not None)]
    files = [(f"{place} {_plain(it.name)}", it) for place, it in enumerate(documents, 1)]
    return Folder(f"{number:02} {_plain(application.name)}", application, files)


def _plain(name: str) -> str:
    """A name that every system can keep."""
    kept = "".join(sign if sign.isalnum() or sign in _BETWEEN else "_" for sign in name)
    return kept.strip(" .")[:100] or "_"


def write(file: BinaryIO, viewer: User, request: CouncilRequest) -> None:
    """Write the package into an open file. Raises NotPossible where a file is gone from the data folder."""
    found = folders(among(viewer, request.offer.application.posting))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with speaking(LANGUAGE):
            archive.writestr(f"{gettext('Overview')}.pdf", overview(viewer, request, found))
        for folder in found:
            for name, document in folder.files:
                try:
                    archive.write(store.path_of(document), f"{folder.name}/{name}")
                except FileNotFoundError:
                    raise NotPossible(
                        gettext(
                            "The file “%(name)s” is not there any more. Ask the administrators.",
                            name=document.name,
                        )
                    ) from None


def overview(viewer: User, request: CouncilRequest, found: Sequence[Folder]) -> bytes:
    """Whom the bank wants to hire as what, and all who applied with what was written and said. In German."""
    offer, posting = request.offer, request.offer.application.posting
    with speaking(LANGUAGE):
        facts = [
            (gettext("Person"), offer.application.name),
            (gettext("Position"), str(posting.title)),
            (gettext("Unit"), posting.unit.name),
            (gettext("First day"), day_long(offer.starts_on)),
            (gettext("Intended pay group"), request.grouping),
        ]
        data = {
            "bank": bank.name(),
            "title": gettext("Hiring: information for the works council"),
            "law": gettext("Section 99(1) BetrVG. Confidential: for the works council alone."),
            "facts": _facts(facts),
            "heading": gettext("All who applied"),
            "applicants": [_applicant(viewer, folder) for folder in found],
        }
    return pdf.render(TEMPLATE, data, language=LANGUAGE, at=clock.now().replace(microsecond=0))


def _facts(rows: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in rows if value]


def _applicant(viewer: User, folder: Folder) -> dict[str, Any]:
    application = folder.application
    facts = [
        (gettext("Received"), moment(application.received_at)),
        (gettext("Status"), str(application.status.label)),
        (gettext("Files"), ", ".join(name for name, _document in folder.files)),
    ]
    written = [(gettext("Motivation"), application.motivation)]
    for answer in applications.applications.answered(application):
        words = answer.words if isinstance(answer.words, str) else ", ".join(answer.words)
        written.append((str(answer.question), words))
    return {
        "name": application.name,
        "folder": folder.name,
        "facts": _facts(facts),
        "written": _facts(written),
        "interviews": [
            {"heading": gettext("Interviews"), "facts": _facts(rows)}
            for rows in _interviews(viewer, application)
        ],
    }


def _interviews(viewer: User, application: Application) -> Iterable[list[tuple[str, str]]]:
    """What came of each interview, as far as this person may read it: nothing while a scorecard is out."""
    for interview in interviews.meetings.of_application(application):
        cards = interviews.scorecards.readable(viewer, interview)
        for card in interviews.scorecards.as_handed_in(cards):
            says = card.says
            yield [
                (gettext("Interview"), f"{says.round}, {moment(says.starts_at)}"),
                (gettext("Interviewer"), says.interviewer),
                (gettext("Recommendation"), str(says.recommendation)),
                (gettext("Summary"), says.summary),
                *(
                    (str(rating.name), ": ".join(filter(None, (str(rating.level or ""), rating.evidence))))
                    for rating in says.ratings
                ),
            ]
