"""What two people have agreed on by approving a posting: it stands until it is approved again (docs/decisions/0009)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rmhr.core.i18n import _
from rmhr.models.postings import Posting, PostingGroup, PostingStatus
from rmhr.postings.operations import versions

#: While it is online or only paused, it is what was approved.
STANDS = PostingStatus.within(PostingGroup.OPEN)
#: Where a posting can be written at all.
WRITTEN = (PostingStatus.DRAFT, *STANDS)
TITLE, PAY = ("title",), ("pay_min", "pay_max", "currency", "pay_period")
FIXED = _("It was approved as it is. Take the posting back to draft to change it; it is approved again then.")


def broken(
    posting: Posting, facts: Mapping[str, Any], criteria: Sequence[Mapping[str, Any]] | None
) -> Iterator[str]:
    """The fields in which this would make an approved posting something else: title, pay range, criteria."""
    if posting.status not in STANDS:
        return
    for name in (*TITLE, *PAY):
        if name in facts and facts[name] != getattr(posting, name):
            yield name
    if versions.changed(posting.criteria, criteria):
        yield "criteria"
