"""Duties to take courses: years of passed ones, and of the last round some that are open, late or not passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

from rmhr.core.i18n import Words
from rmhr.models.training import Assignment, AssignmentStatus, Attempt, AttemptStatus, Certificate
from rmhr.training import queries
from tools.bench.seeds.people import Staff
from tools.bench.seeds.rows import FIRST, add, day, mixed, moment, stamped
from tools.bench.sizes import Size

YEAR = 365
REASON = Words({"en": "Every RM takes it each year", "de": "Pflicht für alle RM, jedes Jahr"})
ATTEMPTS = 3


@dataclass(frozen=True)
class Duty:
    """One round of one course for one RM."""

    number: int
    rm: int
    course: int
    cycle: int
    status: AssignmentStatus
    passed_on: date | None
    due_on: date
    superseded_on: date | None = None

    @property
    def id(self) -> int:
        return FIRST + self.number

    @property
    def score(self) -> int:
        return 80 + mixed(self.number, "score", 21)


def fill(size: Size) -> None:
    """Duties, attempts and certificates."""
    versions = {each.course_id: each.id for each in queries.courses.in_force()}
    courses = list(versions)
    add(Assignment, (_assignment(it, versions) for it in _duties(size, courses)))
    add(Attempt, (each for it in _duties(size, courses) for each in _attempts(it, versions)))
    add(Certificate, (_certificate(it) for it in _duties(size, courses) if it.passed_on))


def _duties(size: Size, courses: list[int]) -> Iterator[Duty]:
    """Round by round: of each RM and course the last one is that which counts now."""
    rms = Staff(size).rms
    pairs = len(rms) * len(courses)
    for number in range(size.duties):
        round_, pair = divmod(number, pairs)
        left = (size.duties - 1 - pair) // pairs - round_  # later rounds of the same pair
        rm, course = rms[pair % len(rms)], courses[pair // len(rms)]
        made = _duty(number, rm, course, round_ + 1, left)
        later = _duty(number + pairs, rm, course, round_ + 2, left - 1) if left else None
        yield replace(made, superseded_on=later.passed_on) if later else made


def _duty(number: int, rm: int, course: int, cycle: int, left: int) -> Duty:
    passed = day(-YEAR * left - 20 - mixed(rm * 10 + course, "passed", 300))
    due = passed + timedelta(days=mixed(number, "early", 20))
    chance = mixed(number, "state", 100)
    if left or chance < 88:
        return Duty(number, rm, course, cycle, AssignmentStatus.PASSED, passed, due)
    if chance == 99:
        return Duty(number, rm, course, cycle, AssignmentStatus.BLOCKED, None, day(-3))
    late = chance > 96
    due = day(-1 - mixed(number, "late", 20)) if late else day(1 + mixed(number, "soon", 60))
    return Duty(number, rm, course, cycle, AssignmentStatus.OPEN, None, due)


def _assignment(it: Duty, versions: Mapping[int, int]) -> dict[str, Any]:
    assigned = it.due_on - timedelta(days=60)
    return {
        "id": it.id,
        "user_id": it.rm,
        "course_id": it.course,
        "course_version_id": versions[it.course],
        "cycle": it.cycle,
        "status": it.status,
        "reason": REASON,
        "assigned_on": assigned,
        "due_on": it.due_on,
        "passed_on": it.passed_on,
        "valid_until": it.passed_on + timedelta(days=YEAR) if it.passed_on else None,
        "superseded_on": it.superseded_on,
        "extra_attempts": 0,
        "unlock_by": day(4) if it.status is AssignmentStatus.BLOCKED else None,
        **stamped(moment(assigned)),
    }


def _attempts(it: Duty, versions: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """The one that was passed; of who is blocked all that there were."""
    if it.passed_on:
        yield _attempt(it, versions[it.course], 1, it.passed_on, AttemptStatus.PASSED, it.score)
    elif it.status is AssignmentStatus.BLOCKED:
        for number in range(1, ATTEMPTS + 1):
            yield _attempt(
                it, versions[it.course], number, day(-3 * (ATTEMPTS + 1 - number)), AttemptStatus.FAILED, 55
            )


def _attempt(
    it: Duty, version_id: int, number: int, on: date, status: AttemptStatus, score: int
) -> dict[str, Any]:
    at = moment(on, 10)
    return {
        "assignment_id": it.id,
        "course_version_id": version_id,
        "number": number,
        "status": status,
        "started_at": at,
        "hand_in_by": on,
        "submitted_at": at + timedelta(minutes=25),
        "score": score,
        **stamped(at),
    }


def _certificate(it: Duty) -> dict[str, Any]:
    assert it.passed_on
    return {
        "code": "-".join(wrap(f"BENCH{it.id:07X}", 4)),
        "assignment_id": it.id,
        "issued_on": it.passed_on,
        "valid_until": it.passed_on + timedelta(days=YEAR),
        "score": it.score,
        **stamped(moment(it.passed_on, 11), None),
    }
