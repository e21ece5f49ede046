"""What compliance is told of the history each working day: that it holds and how far it goes, or that it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rmhr.accounts.queries import people
from rmhr.core.history.anchors import Anchor
from rmhr.core.history.seal import Verdict
from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice
from rmhr.core.words import number
from rmhr.models.accounts import Role, User


@dataclass(frozen=True)
class Proof:
    """What a walk along the history found, and the anchor that stands for it."""

    verdict: Verdict
    anchor: Anchor | None


def _auditors(_proof: Proof) -> Iterable[User]:
    """Compliance; where nobody has that role, whoever looks after the product."""
    return people.with_role(Role.COMPLIANCE) or people.with_role(Role.ADMIN)


def _said(proof: Proof, _recipient: Any) -> dict[str, Any]:
    verdict = proof.verdict
    return {
        "number": number(verdict.sealed),
        "anchor": str(proof.anchor or ""),
        "what": str(verdict.damage.label) if verdict.damage else "",
        "entry": verdict.broken,
        "missing": verdict.missing,
    }


HISTORY_HOLDS = Notice(
    name="system.history_holds",
    subject=_("The history is intact: %(number)s entries"),
    to=_auditors,
    context=_said,
)
HISTORY_DAMAGED = Notice(
    name="system.history_damaged",
    subject=_("The history was damaged: %(what)s"),
    to=_auditors,
    context=_said,
)
