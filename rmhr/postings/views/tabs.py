"""The pages of one posting, and the lists beside the list of postings."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import User
from rmhr.models.postings import Posting, PostingGroup, PostingStatus
from rmhr.postings import policies
from rmhr.web.tabs import Row, add_tab

#: Where nobody will write it any more.
CLOSED = PostingStatus.within(PostingGroup.OVER)


def _is_written(viewer: User, posting: Posting) -> bool:
    return policies.RECRUIT(viewer, posting) and posting.status not in CLOSED


def _has_versions(viewer: User, posting: Posting) -> bool:
    return policies.RECRUIT(viewer, posting) and len(posting.versions) > 1


add_tab(Row.RECRUITING, _("Postings"), "postings.index", order=10, shown=policies.SEE)
add_tab(Row.RECRUITING, _("Question sets"), "question_sets.index", order=40, shown=policies.KEEP_SETS)

add_tab(Row.POSTING, _("Posting"), "postings.show", order=10, shown=policies.SEE)
add_tab(Row.POSTING, _("Coach"), "postings.coach", order=20, shown=_is_written)
add_tab(
    Row.POSTING,
    _("Hiring team"),
    "postings.team",
    order=50,
    shown=policies.RECRUIT,
    count=lambda posting: len(posting.team) + 2,
)
add_tab(
    Row.POSTING,
    _("Versions"),
    "postings.versions",
    order=60,
    shown=_has_versions,
    count=lambda posting: len(posting.versions),
)
