"""Every write about requisitions and postings that is no change of status."""

from rmhr.postings.operations.postings import close_expired, create, open_due, refuse_if_closed, revise
from rmhr.postings.operations.requisitions import request
from rmhr.postings.operations.site import draw_as_before, set_up

__all__ = [
    "close_expired",
    "create",
    "draw_as_before",
    "open_due",
    "refuse_if_closed",
    "request",
    "revise",
    "set_up",
]
