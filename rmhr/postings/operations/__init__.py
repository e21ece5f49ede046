"""Every write about requisitions and postings that is no change of status."""

from rmhr.postings.operations.agreed import WRITTEN
from rmhr.postings.operations.audience import switch_audience
from rmhr.postings.operations.copies import copy
from rmhr.postings.operations.findings import answer, take_back
from rmhr.postings.operations.headcount import add_plan, change_plan, delete_plan
from rmhr.postings.operations.postings import close_expired, create, open_due, refuse_if_closed, revise
from rmhr.postings.operations.question_sets import delete_set, keep_set, revise_set
from rmhr.postings.operations.referrals import (
    forget_unused,
    owe_bonus,
    pay_bonus,
    recommend,
    take_back_payment,
    why_not_recommend,
)
from rmhr.postings.operations.requisitions import free_positions, refuse_if_decided, request, rework
from rmhr.postings.operations.site import draw_as_before, set_up
from rmhr.postings.operations.sources import rename, share, unshare
from rmhr.postings.operations.team import add_to_team, remove_from_team

__all__ = [
    "WRITTEN",
    "add_plan",
    "add_to_team",
    "answer",
    "change_plan",
    "close_expired",
    "copy",
    "create",
    "delete_plan",
    "delete_set",
    "draw_as_before",
    "forget_unused",
    "free_positions",
    "keep_set",
    "open_due",
    "owe_bonus",
    "pay_bonus",
    "recommend",
    "refuse_if_closed",
    "refuse_if_decided",
    "remove_from_team",
    "rename",
    "request",
    "revise",
    "revise_set",
    "rework",
    "set_up",
    "share",
    "switch_audience",
    "take_back",
    "take_back_payment",
    "unshare",
    "why_not_recommend",
]
