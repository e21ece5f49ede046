"""Goals with their check-ins, two rounds of signed reviews, and what is to be learned next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.models.competencies import Competency, Level
from rmhr.models.performance import (
    CheckIn,
    Confidence,
    DevelopmentAction,
    DevelopmentItem,
    Goal,
    GoalStatus,
    ItemStatus,
    Kpi,
    Review,
    ReviewCycle,
    ReviewRating,
    ReviewStatus,
    ReviewText,
    Side,
)
from tools.bench.seeds.people import Staff
from tools.bench.seeds.rows import FIRST, add, day, mixed, moment, stamped
from tools.bench.sizes import Size

#: Of each RM so many of each; the first goal is under way.
GOALS, CHECK_INS, CYCLES, ITEMS, RATED = 3, 2, 2, 2, 4
TITLES = ("Keep every client in touch", "Win clients by recommendation", "Answer within a day")
LEVELS = (Level.TWO, Level.THREE, Level.THREE, Level.FOUR)
WORDS = "The meetings of the spring show it: well prepared, open, and followed up."


def fill(size: Size) -> None:
    """Goals, check-ins, reviews with ratings and texts of both sides, next steps."""
    staff = Staff(size)
    kpis = list(db.session.scalars(sa.select(Kpi.id).order_by(Kpi.position)))
    competencies = list(db.session.scalars(sa.select(Competency.id).order_by(Competency.position)))
    add(Goal, (_goal(staff, *each, kpis) for each in _each(staff, GOALS)))
    add(
        CheckIn,
        (_check_in(rm, number, turn) for rm, number in _each(staff, GOALS) for turn in range(CHECK_INS)),
    )
    add(ReviewCycle, (_cycle(number) for number in range(CYCLES)))
    add(Review, (_review(staff, rm, number) for rm, number in _each(staff, CYCLES)))
    add(ReviewText, (_text(rm, number, side) for rm, number in _each(staff, CYCLES) for side in Side))
    add(
        ReviewRating,
        (
            _rating(rm, number, side, competency)
            for rm, number in _each(staff, CYCLES)
            for side in Side
            for competency in competencies[:RATED]
        ),
    )
    add(DevelopmentItem, (_item(rm, number, competencies) for rm, number in _each(staff, ITEMS)))


def _each(staff: Staff, times: int) -> Iterator[tuple[int, int]]:
    return ((rm, number) for rm in staff.rms for number in range(times))


def _id(rm: int, number: int, times: int) -> int:
    return FIRST + (rm - FIRST) * times + number


def _goal(staff: Staff, rm: int, number: int, kpis: list[int]) -> dict[str, Any]:
    running = number == 0
    begins = day(-120 - 365 * number)
    status = GoalStatus.AGREED if running else (GoalStatus.ACHIEVED, GoalStatus.PARTLY)[(rm + number) % 2]
    return {
        "id": _id(rm, number, GOALS),
        "user_id": rm,
        "supervisor_id": staff.lead(rm),
        "kpi_id": kpis[(rm + number) % len(kpis)],
        "status": status,
        "title": TITLES[(rm + number) % len(TITLES)],
        "specific": "Speak with each client of the portfolio once in the half-year.",
        "measure": "Meetings held",
        "unit": "count",
        "baseline": 20 + mixed(rm, "baseline", 20),
        "target": 60 + mixed(rm, "target", 40),
        "achievable": "Two meetings a week leave room for everything else.",
        "relevance": "Clients stay with whom they know.",
        "starts_on": begins,
        "due_on": day(60 + mixed(rm, "due", 200)) if running else begins + timedelta(days=365),
        "check_in_by": day(2 + mixed(rm, "check", 60)) if running else None,
        "agreed_at": moment(begins),
        "proposed_by_id": rm,
        **stamped(moment(begins)),
    }


def _check_in(rm: int, number: int, turn: int) -> dict[str, Any]:
    on = day(-120 - 365 * number + 40 * (turn + 1))
    return {
        "goal_id": _id(rm, number, GOALS),
        "by_id": rm,
        "on": on,
        "value": 25 + 10 * turn + mixed(rm, "value", 10),
        "confidence": list(Confidence)[mixed(rm + turn, "confidence", len(Confidence))],
        "comment": "On the way; the summer was quiet.",
        **stamped(moment(on, 11), None),
    }


def _cycle(number: int) -> dict[str, Any]:
    begins, year = day(-365 * (number + 2)), (day() - timedelta(days=365 * (number + 1))).year
    return {
        "id": FIRST + number,
        "title": Words({"en": f"Yearly reviews {year}", "de": f"Jahresgespräche {year}"}),
        "starts_on": begins,
        "ends_on": begins + timedelta(days=364),
        **stamped(moment(begins), None),
    }


def _review(staff: Staff, rm: int, number: int) -> dict[str, Any]:
    due = day(-365 * (number + 1)) + timedelta(days=14)
    return {
        "id": _id(rm, number, CYCLES),
        "cycle_id": FIRST + number,
        "user_id": rm,
        "supervisor_id": staff.lead(rm),
        "status": ReviewStatus.SIGNED,
        "self_due_on": due,
        "supervisor_due_on": due + timedelta(days=14),
        "meeting_due_on": due + timedelta(days=28),
        "sign_by": due + timedelta(days=35),
        "self_handed_in_at": moment(due),
        "supervisor_handed_in_at": moment(due + timedelta(days=12)),
        "met_on": due + timedelta(days=25),
        "meeting_notes": WORDS,
        "signed_by_employee_at": moment(due + timedelta(days=30)),
        "signed_by_supervisor_at": moment(due + timedelta(days=31)),
        **stamped(moment(due)),
    }


def _text(rm: int, number: int, side: Side) -> dict[str, Any]:
    return {"review_id": _id(rm, number, CYCLES), "side": side, "text": WORDS, **stamped(moment(day(-300)))}


def _rating(rm: int, number: int, side: Side, competency: int) -> dict[str, Any]:
    return {
        "review_id": _id(rm, number, CYCLES),
        "side": side,
        "competency_id": competency,
        "level": LEVELS[mixed(rm * 20 + competency, side.value, len(LEVELS))],
        "evidence": WORDS,
        **stamped(moment(day(-300))),
    }


def _item(rm: int, number: int, competencies: list[int]) -> dict[str, Any]:
    is_open = number == 0
    due = day(5 + mixed(rm, "item", 150)) if is_open else day(-100)
    return {
        "user_id": rm,
        "review_id": _id(rm, 0, CYCLES),
        "competency_id": competencies[(rm + number) % len(competencies)],
        "status": ItemStatus.OPEN if is_open else ItemStatus.DONE,
        "aim": "Lead meetings about home loans alone",
        "measure": "Three meetings that a colleague has watched",
        "action": list(DevelopmentAction)[(rm + number) % len(DevelopmentAction)],
        "due_on": due,
        "done_on": None if is_open else due,
        **stamped(moment(day(-300))),
    }
