"""Every write about requisitions and postings that is no change of status."""

from rmhr.postings.operations.agreed import WRITTEN
from rmhr.postings.operations.audience import switch_audience
from rmhr.postings.operations.copies import copy
from rmhr.postings.operations.postings import close_expired, create, open_due, refuse_if_closed, revise
from rmhr.postings.operations.requisitions import request
from rmhr.postings.operations.team import add_to_team, remove_from_team

__all__ = [
    "WRITTEN",
    "add_to_team",
    "close_expired",
    "copy",
    "create",
    "open_due",
    "refuse_if_closed",
    "remove_from_team",
    "request",
    "revise",
    "switch_audience",
]
