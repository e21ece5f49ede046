"""Legal and practice rules, and their checks."""

from __future__ import annotations

from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.rulebook import CheckOutcome, RuleCheck
from rmhr.rulebook import operations
from tests.factories import rulebook
from tests.factories.accounts import user
from tests.kinds import Edit, Opened, Pair, Twice


def _sent() -> dict[str, str]:
    return {
        "finding": "holds",
        "looked_at": "The statute of today",
        "looked_on": rulebook.day(0).isoformat(),
    }


def _check() -> Opened:
    rule, other = rulebook.rule(), user(Role.COMPLIANCE, name="Ida Voss")

    def meanwhile() -> None:
        operations.record(
            other, rule, outcome=CheckOutcome.CHANGED, looked_at="Counsel", note="Another number"
        )

    return Opened(
        rule,
        user(Role.COMPLIANCE),
        f"/admin/rules-of-law/{rule.id}/check",
        _sent(),
        meanwhile,
        lambda: rule.outcome,
        "Ida Voss",
    )


def _owner() -> Opened:
    rule, theirs = rulebook.rule(), user(Role.HR, name="Ida Voss")
    mine, other = user(Role.HR), user(Role.ADMIN)
    return Opened(
        rule,
        user(Role.COMPLIANCE),
        f"/admin/rules-of-law/{rule.id}/owner",
        {"owner_id": str(mine.id)},
        lambda: operations.name_owner(other, rule, owner=theirs),
        lambda: rule.owner_id,
        "Ida Voss",
    )


def _both_check() -> Twice:
    rule = rulebook.rule()
    address = f"/admin/rules-of-law/{rule.id}/check"
    fields = {**_sent(), "seen": f".{rule.version}"}
    return Twice(
        (user(Role.COMPLIANCE), address, fields),
        (user(Role.ADMIN), address, fields),
        lambda: db.session.query(RuleCheck).count(),
    )


EDITS = [Edit("rulebook.check", _check), Edit("rulebook.owner", _owner)]
PAIRS = [Pair("rulebook.check", _both_check)]
NO_EDIT = {"rulebook.bulk": "asks, then begins a run whose rows carry what was seen"}
