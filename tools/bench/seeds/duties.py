"""What a bank has written over the years: earlier versions of its texts, and checks of each legal and practice rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.duties import BankText, TextStatus
from rmhr.models.rulebook import CheckOutcome, RegisteredRule, RuleCheck
from tools.bench.seeds.people import Staff
from tools.bench.seeds.rows import FIRST, add, day, moment, stamped
from tools.bench.sizes import Size

#: One version of each text a quarter, one check of each rule a year: so far back at the most.
QUARTERS, YEARS = 40, 10
QUARTER, YEAR = 91, 365
#: Versions and checks of the demo bank have smaller numbers.
BEFORE = 100


def fill(size: Size) -> None:
    """The larger the bank, the longer it has worked with this."""
    staff = Staff(size)
    _texts(staff, min(size.people // 20, QUARTERS))
    _checks(staff, min(size.people // 50, YEARS))


def _texts(staff: Staff, versions: int) -> None:
    """Each was in force before the demo bank's first: two people changed and approved it."""
    first = db.session.scalars(sa.select(BankText).where(BankText.number == 1).order_by(BankText.id)).all()
    writer, second = staff.everybody[0], staff.everybody[1]
    rows = list[dict[str, Any]]()
    for text in first:
        for number in range(versions):
            on = (text.valid_from or day()) - timedelta(days=QUARTER * (number + 1))
            rows.append(
                {
                    "id": FIRST + len(rows),
                    "kind": text.kind,
                    "number": BEFORE + number,
                    "status": TextStatus.APPROVED,
                    "text": text.text,
                    "reason": "Reworded after questions from applicants.",
                    "valid_from": on,
                    "edited_by_id": writer,
                    "submitted_by_id": writer,
                    "submitted_at": moment(on),
                    "approved_by_id": second,
                    "approved_at": moment(on, 11),
                    **stamped(moment(on)),
                }
            )
    add(BankText, rows)


def _checks(staff: Staff, years: int) -> None:
    rules = db.session.scalars(sa.select(RegisteredRule).order_by(RegisteredRule.id)).all()
    who = staff.hr[0]
    name = db.session.scalars(sa.select(User.name).where(User.id == who)).one()
    add(RuleCheck, _checked(rules, who, name, years))


def _checked(rules: Any, who: int, name: str, years: int) -> Iterator[dict[str, Any]]:
    for place, rule in enumerate(rules):
        for number in range(years):
            on = day(-YEAR * (number + 1) - place % 300)
            yield {
                "id": FIRST + place * years + number,
                "rule_id": rule.id,
                "number": BEFORE + number,
                "by_id": who,
                "by_name": name,
                "checked_on": on,
                "outcome": CheckOutcome.HOLDS,
                "looked_at": "gesetze-im-internet.de",
                "note": "",
                "next_on": on + timedelta(days=YEAR),
                "what": rule.what,
                "source": rule.source,
                "reads": rule.reads,
                "since": rule.since,
                **stamped(moment(on, 14), None),
            }
