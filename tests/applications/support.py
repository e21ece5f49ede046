"""What the tests of applying send."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from rmhr.applications.forms.apply import stamp
from rmhr.core import clock
from rmhr.models.criteria import QuestionKind
from rmhr.models.postings import Posting
from tests.support import documents

ANSWERS = {QuestionKind.DATE: "2027-02-01", QuestionKind.YES_NO: "yes", QuestionKind.TEXT: "Full time"}


def opened(seconds_ago: int = 60) -> str:
    """The stamp of a form that was opened a while ago."""
    with clock.at(clock.now() - timedelta(seconds=seconds_ago)):
        return stamp()


def filled(posting: Posting, **given: Any) -> dict[str, Any]:
    """A form that is complete; `cv=` is (bytes, name), or None for no file."""
    name = given.pop("cv", (documents.pdf(), "CV.pdf"))
    data: dict[str, Any] = {
        "name": "Maren Oltmanns",
        "email": "maren.oltmanns@example.org",
        "phone": "+49 40 5550 123",
        "motivation": "I like to advise people.\n\nFor a long time.",
        "read": "y",
        "website": "",
        "opened": opened(),
        **{f"question_{question.id}": ANSWERS.get(question.kind) for question in posting.questions},
    }
    if name is not None:
        data["cv"] = (io.BytesIO(name[0]), name[1])
    return {key: value for key, value in (data | given).items() if value is not None}


def address(posting: Posting) -> str:
    """Where one applies."""
    return f"/careers/{posting.slug}/apply"
