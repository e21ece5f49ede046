"""The history is proved each working day, and those who have to rely on it are told how that came out."""

from __future__ import annotations

from rmhr.core.history import anchors, seal
from rmhr.core.mail import outbox
from rmhr.system import notifications, queries


def prove() -> int:
    """Check the whole history and tell compliance, once a day: how many were told."""
    if queries.history.told_today():
        return 0
    verdict = seal.verify()
    last = next(reversed([*anchors.noted()]), None)
    notice = notifications.HISTORY_HOLDS if verdict.holds else notifications.HISTORY_DAMAGED
    return len(outbox.queue(notice, notifications.Proof(verdict, last)))
