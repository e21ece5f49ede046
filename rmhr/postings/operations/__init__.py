"""Every write about requisitions and postings that is no change of status."""

from rmhr.postings.operations.findings import answer, take_back
from rmhr.postings.operations.postings import close_expired, create, open_due, refuse_if_closed, revise
from rmhr.postings.operations.requisitions import request

__all__ = [
    "answer",
    "close_expired",
    "create",
    "open_due",
    "refuse_if_closed",
    "request",
    "revise",
    "take_back",
]
