"""Every write about requisitions and postings that is no change of status."""

from rmhr.postings.operations.postings import close_expired, create, open_due, refuse_if_closed, revise
from rmhr.postings.operations.referrals import (
    forget_unused,
    owe_bonus,
    pay_bonus,
    recommend,
    take_back_payment,
    why_not_recommend,
)
from rmhr.postings.operations.requisitions import request
from rmhr.postings.operations.sources import rename, share, unshare

__all__ = [
    "close_expired",
    "create",
    "forget_unused",
    "open_due",
    "owe_bonus",
    "pay_bonus",
    "recommend",
    "refuse_if_closed",
    "rename",
    "request",
    "revise",
    "share",
    "take_back_payment",
    "unshare",
    "why_not_recommend",
]
