"""The history of years before: unsigned, as an older version wrote it, and sealed by the plain chain of that version.

It comes first: `flask audit verify` takes what is unsigned after a signed entry for put in by somebody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from rmhr.core import clock
from rmhr.core.history import signing
from rmhr.core.history.seal import GENESIS
from rmhr.models.system import ActorKind, AuditEntry, AuditSeal
from tools.bench.seeds.names import person
from tools.bench.seeds.people import Staff
from tools.bench.seeds.performance import GOALS
from tools.bench.seeds.rows import FIRST, add, continue_numbers, mixed
from tools.bench.sizes import Size

YEARS = 5
#: (action, what it is about, its status before and after)
ACTS = (
    ("applications.screen", "application", ("received", "screening")),
    ("applications.shortlist", "application", ("screening", "shortlisted")),
    ("training.pass", "assignment", ("open", "passed")),
    ("applications.reject", "application", ("screening", "rejected")),
    ("performance_goals.propose", "goal", ("draft", "proposed")),
    ("performance_goals.agree", "goal", ("proposed", "agreed")),
)


def fill(size: Size) -> None:
    """Entries about what the other seeds make, and a seal for each."""
    entries = partial(_entries, size, clock.now().replace(microsecond=0))
    add(AuditEntry, entries())
    add(AuditSeal, _seals(entries))
    continue_numbers()


def _entries(size: Size, now: datetime) -> Iterator[dict[str, Any]]:
    staff = Staff(size)
    many = {
        "application": size.applications,
        "assignment": size.duties,
        "goal": len(staff.rms) * GOALS,
    }
    apart = timedelta(days=YEARS * 365) / size.history
    for number in range(size.history):
        action, about, (before, after) = ACTS[number % len(ACTS)]
        of = staff.hr if about == "application" else staff.rms
        actor = of[mixed(number, "actor", len(of))]
        at = now - apart * (size.history - number)
        yield {
            "id": number + 1,
            "at": at.replace(microsecond=0),
            "actor_kind": ActorKind.USER,
            "actor_id": actor,
            "actor_name": person(actor),
            "action": action,
            "subject_type": about,
            "subject_id": FIRST + mixed(number, about, many[about]),
            "changes": {"status": [before, after]},
            "note": "",
            "nonce": None,
            "signature": "",
        }


def _seals(entries: Callable[[], Iterator[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """The chain as it was before there was a key: each digest covers the one before it."""
    digest = GENESIS
    for entry in entries():
        said = [
            entry["id"],
            entry["at"].isoformat(),
            entry["actor_kind"].value,
            entry["actor_id"],
            *(entry[name] for name in ("action", "subject_type", "subject_id", "changes", "note")),
            entry["actor_name"],
        ]
        digest = hashlib.sha256(f"{digest}\n{signing.canonical(said)}".encode()).hexdigest()
        yield {"number": entry["id"], "entry_id": entry["id"], "digest": digest}
