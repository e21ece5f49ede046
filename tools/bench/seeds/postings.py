"""Postings as the demo bank wrote them, for other branches: some are open, most are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.criteria import Criterion, PostingVersion, Question
from rmhr.models.postings import Audience, Posting, PostingSection, PostingStatus
from rmhr.models.requisitions import Requisition, RequisitionStatus
from tools.bench.seeds.names import PLACES
from tools.bench.seeds.people import TEAM, Staff
from tools.bench.seeds.rows import FIRST, add, columns, day, derive, mixed, moment, stamped
from tools.bench.sizes import Size

#: As many are open at a large bank as at a small one, so that its pages show the same number of rows.
OPEN = 25


def is_open(number: int) -> bool:
    """Whether one can apply to the posting of this number, counted from 0."""
    return number < OPEN


def published_on(number: int) -> date:
    """The day on which people could first apply."""
    return day(-5 - mixed(number, "open", 50)) if is_open(number) else closed_on(number) - timedelta(days=40)


def closed_on(number: int) -> date:
    """The last day of one that is over: what was sent is still kept."""
    return day(-3 - mixed(number, "closed", 160))


def recruiter(staff: Staff, number: int) -> int:
    """The colleague of HR whom the posting of this number belongs to."""
    return staff.hr[number % len(staff.hr)]


def manager(staff: Staff, number: int) -> int:
    """Who leads the branch that it is for."""
    return FIRST + number % staff.branches * TEAM


def fill(size: Size) -> None:
    """Requisitions, postings, their texts, criteria and questions."""
    staff = Staff(size)
    patterns = list(
        db.session.scalars(
            sa.select(Posting)
            .where(Posting.status == PostingStatus.PUBLISHED, Posting.audience == Audience.PUBLIC)
            .order_by(Posting.id)
        ).unique()
    )
    of = {number: patterns[number % len(patterns)] for number in range(size.postings)}
    requisitions = {each.id: columns(each.requisition) for each in patterns}
    postings = {each.id: columns(each) for each in patterns}
    versions = {each.id: each.current.id for each in patterns}
    add(Requisition, (_requisition(staff, number, requisitions[it.id]) for number, it in of.items()))
    add(Posting, (_posting(staff, number, postings[it.id]) for number, it in of.items()))
    add(PostingVersion, (_version(number) for number in of))
    for table, key in ((PostingSection, "posting_id"), (Criterion, "version_id"), (Question, "version_id")):
        _copy(table, key, versions if key == "version_id" else {id: id for id in versions}, of)


def _requisition(staff: Staff, number: int, pattern: dict[str, Any]) -> dict[str, Any]:
    return pattern | {
        "id": FIRST + number,
        "status": RequisitionStatus.APPROVED if is_open(number) else RequisitionStatus.FILLED,
        "unit_id": FIRST + number % staff.branches,
        "requester_id": manager(staff, number),
        "approver_id": recruiter(staff, number),
        "decided_by_id": recruiter(staff, number),
        "decided_at": moment(published_on(number) - timedelta(days=10)),
        "needed_by": published_on(number) + timedelta(days=120),
        "advertise_by": None,
        **stamped(moment(published_on(number) - timedelta(days=14))),
    }


def _posting(staff: Staff, number: int, pattern: dict[str, Any]) -> dict[str, Any]:
    over = not is_open(number)
    return pattern | {
        "id": FIRST + number,
        "slug": f"{pattern['slug']}-{FIRST + number}",
        "requisition_id": FIRST + number,
        "unit_id": FIRST + number % staff.branches,
        "place": PLACES[number % staff.branches % len(PLACES)][0],
        "status": PostingStatus.CLOSED if over else PostingStatus.PUBLISHED,
        "opens_on": published_on(number),
        "closes_on": closed_on(number) if over else day(10 + mixed(number, "closes", 40)),
        "hiring_manager_id": manager(staff, number),
        "recruiter_id": recruiter(staff, number),
        "submitted_by_id": manager(staff, number),
        "approved_by_id": recruiter(staff, number),
        "published_at": moment(published_on(number)),
        "closed_at": moment(closed_on(number), 18) if over else None,
        "step_by": None,
        **stamped(moment(published_on(number))),
    }


def _version(number: int) -> dict[str, Any]:
    return {
        "id": FIRST + number,
        "posting_id": FIRST + number,
        "number": 1,
        "begun_at": moment(published_on(number)),
    }


def _copy(table: Any, key: str, patterns: dict[int, int], of: dict[int, Posting]) -> None:
    """What hangs on a pattern, for each posting that follows it. They have the number of their version."""
    names = [each.key for each in sa.inspect(table).column_attrs if each.key not in ("id", key)]
    for posting, pattern in patterns.items():
        numbers = [number for number, it in of.items() if it.id == posting]
        for some in _some(numbers):
            derive(
                table,
                {key: Posting.id, **{name: getattr(table, name) for name in names}},
                lambda query, some=some, pattern=pattern: query.join_from(
                    Posting, table, getattr(table, key) == pattern
                ).where(Posting.id.in_([FIRST + number for number in some])),
            )


def _some(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), 500):
        yield numbers[start : start + 500]
