"""Every read about applications: which there are, the list, who applied, why they are refused."""

from rmhr.applications.queries import search
from rmhr.applications.queries.applicants import applicant_of, by_email, senders_of, sent_by, sent_to
from rmhr.applications.queries.applications import (
    TO_SCREEN,
    VISIBLE,
    attached,
    get,
    get_own,
    others_of,
    own,
    record,
    to_screen,
    visible_to,
)
from rmhr.applications.queries.examples import example, example_attached, example_own, example_posting
from rmhr.applications.queries.lists import (
    KEY,
    POSTING,
    SEARCH,
    SORTS,
    SOURCE,
    STATUS,
    counts,
    listed,
    places,
    postings,
    would_work_in,
)
from rmhr.applications.queries.reasons import reason, reasons

__all__ = [
    "KEY",
    "POSTING",
    "SEARCH",
    "SORTS",
    "SOURCE",
    "STATUS",
    "TO_SCREEN",
    "VISIBLE",
    "applicant_of",
    "attached",
    "by_email",
    "counts",
    "example",
    "example_attached",
    "example_own",
    "example_posting",
    "get",
    "get_own",
    "listed",
    "others_of",
    "own",
    "places",
    "postings",
    "reason",
    "reasons",
    "record",
    "search",
    "senders_of",
    "sent_by",
    "sent_to",
    "to_screen",
    "visible_to",
    "would_work_in",
]
