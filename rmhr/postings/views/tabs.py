"""The pages of one posting, side by side below the head of each."""

from __future__ import annotations

from typing import Any

from flask import url_for

from rmhr.core.i18n import gettext
from rmhr.models.postings import Posting, PostingStatus
from rmhr.postings import policies
from rmhr.postings.queries import Counts
from rmhr.postings.workflow import POSTINGS

#: Where nobody will write it any more.
CLOSED = (PostingStatus.CLOSED, PostingStatus.ARCHIVED)

#: Words, address, whether one is there, how many of them.
Tab = tuple[str, str, bool, int | None]


def tabs(viewer: Any, posting: Posting, here: str, count: Counts | None = None) -> list[Tab]:
    """What this person may open of it.

    `here` is the endpoint of the page; `count` gives the number of applications where the page knows it.
    """

    def tab(words: str, endpoint: str, number: int | None = None) -> Tab:
        return words, url_for(endpoint, id=posting.id), endpoint == here, number

    found = [tab(gettext("Posting"), "postings.show")]
    if not policies.RECRUIT(viewer, posting):
        return found
    if posting.status not in CLOSED:
        found.append(tab(gettext("Coach"), "postings.coach"))
    if posting.status not in POSTINGS["submit"].sources:
        applications = url_for("applications.index", posting=posting.id)
        found.append((gettext("Applications"), applications, False, count.all if count else None))
        found.append(tab(gettext("Sources"), "postings.sources"))
    found.append(tab(gettext("Hiring team"), "postings.team", len(posting.team) + 2))
    if len(posting.versions) > 1:
        found.append(tab(gettext("Versions"), "postings.versions", len(posting.versions)))
    return found
