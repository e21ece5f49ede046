"""Every write about requisitions and postings that is no change of status."""

from rmhr.postings.operations.postings import close_expired, create, open_due, refuse_if_closed, revise
from rmhr.postings.operations.question_sets import delete_set, keep_set, revise_set
from rmhr.postings.operations.requisitions import request

__all__ = [
    "close_expired",
    "create",
    "delete_set",
    "keep_set",
    "open_due",
    "refuse_if_closed",
    "request",
    "revise",
    "revise_set",
]
