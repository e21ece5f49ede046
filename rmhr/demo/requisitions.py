"""The demo bank's headcount plans, and requisitions in the states that its postings do not show."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app

from rmhr.core import clock
from rmhr.demo.building import at_work, day, person, unit
from rmhr.models.accounts import RmLevel, RmType, User
from rmhr.models.requisitions import Requisition, RequisitionReason
from rmhr.requisitions import operations as requisition_operations
from rmhr.requisitions.workflow import REQUISITIONS

#: Unit, type, positions a year. The head office has room for one, and that one is taken.
PLANS: tuple[tuple[str, RmType | None, int], ...] = (
    ("Region North", None, 20),
    ("Hamburg-Altona", RmType.PERSONAL, 5),
    ("Kiel", RmType.BUSINESS, 3),
    ("Lübeck", None, 4),
    ("Head office", RmType.CORPORATE, 1),
)


def plan() -> None:
    """What the bank may hire this year and next, planned before anything was asked for."""
    anna, this = person("anna"), clock.today().year
    places = [(current_app.config["BANK_NAME"], None, 30), *PLANS]
    with clock.at(at_work(day(-140), 11)):
        for year in (this, this + 1):
            for name, rm_type, positions in places:
                requisition_operations.headcount.add_plan(
                    anna,
                    unit(name),
                    rm_type=rm_type,
                    starts_on=date(year, 1, 1),
                    ends_on=date(year, 12, 31),
                    positions=positions,
                )


def build(same_day: date) -> None:
    """One waits for Anna, one was approved beyond the plan, one was not approved, one rests.

    `same_day` is when the posting at the head office needs somebody: under the same plan as the one beyond it.
    """
    anna, greta, tomas = person("anna"), person("greta"), person("tomas")
    _ask(
        (tomas, anna, -2),
        "Hamburg-Altona",
        needed_by=day(150),
        rm_type=RmType.BUSINESS,
        reason=RequisitionReason.REPLACEMENT,
        replaces="Oskar Dietrich, who moves to Munich",
        why="Ninety firms are looked after by Oskar. Without somebody new they go to Kiel, an hour away.",
    )
    beyond = _ask(
        (greta, anna, -20),
        "Head office",
        needed_by=same_day,
        rm_type=RmType.CORPORATE,
        level=RmLevel.SENIOR,
        pay=(90_000, 120_000),
        why="A shipping group brings its treasury to us if one person speaks for all its companies.",
    )
    with clock.at(at_work(day(-18), 9, 20)):
        why = "The group signs for three years; the income pays for the position from the first quarter on."
        REQUISITIONS.perform(anna, beyond, "approve_beyond_plan", over_plan=why)
    refused = _ask(
        (tomas, greta, -33),
        "Hamburg-Altona",
        needed_by=day(60),
        why="Saturdays are busy, and two of us are on leave in spring.",
    )
    with clock.at(at_work(day(-29), 16)):
        why = "For a few Saturdays we borrow somebody from Lübeck. Please ask again if it stays so after summer."
        REQUISITIONS.perform(greta, refused, "reject", note=why)
    resting = _ask(
        (greta, anna, -45),
        "Lübeck",
        needed_by=day(170),
        why="The branch opens a second counter for firms in spring.",
    )
    with clock.at(at_work(day(-42), 10)):
        REQUISITIONS.perform(anna, resting, "approve")
    with clock.at(at_work(day(-7), 13)):
        note = "The building permit for the counter is not there yet."
        REQUISITIONS.perform(anna, resting, "hold", note=note, held_until=day(30))


def _ask(
    who: tuple[User, User, int],
    where: str,
    *,
    needed_by: date,
    why: str,
    pay: tuple[int, int] = (58_000, 74_000),
    **facts: Any,
) -> Requisition:
    requester, approver, asked_on = who
    defaults: dict[str, Any] = {
        "rm_type": RmType.PERSONAL,
        "positions": 1,
        "reason": RequisitionReason.NEW,
        "needed_by": needed_by,
        "justification": why,
        "pay_min": pay[0] * 100,
        "pay_max": pay[1] * 100,
    }
    with clock.at(at_work(day(asked_on), 9, 15)):
        return requisition_operations.requisitions.request(
            requester, unit(where), approver=approver, facts=defaults | facts
        )
