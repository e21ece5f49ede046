"""The demo bank's postings: two open, a draft, and the old one through which Lena came."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.policy import SYSTEM
from rmhr.demo import careers, posting_coach, posting_criteria, posting_lives, requisitions, sourcing
from rmhr.demo.building import KNOWN, at_work, begin, day, person, posting, requested, text_of
from rmhr.postings import operations
from rmhr.postings.workflow import POSTINGS

#: key: RM type, unit, hiring manager; pay from, to, usual from, to; published and closing (days from today).
BEGUN: dict[str, dict[str, Any]] = {
    "old": {
        "of": (*KNOWN["old"], "tomas"),
        "pay": (56_000, 72_000, 60_000, 66_000),
        "openings": 1,
        "why": "The portfolio of a colleague who has retired is looked after by two others beside their own.",
        "days": (-92, -64),
    },
    "altona": {
        "of": (*KNOWN["altona"], "tomas"),
        "pay": (58_000, 74_000, 62_000, 68_000),
        "openings": 4,
        "why": "Eight hundred households have no fixed contact since the branch in Ottensen moved in with us.",
        "days": (-26, 18),
    },
    "kiel": {
        "of": (*KNOWN["kiel"], "greta"),
        "pay": (62_000, 80_000, 66_000, 74_000),
        "openings": 2,
        "why": "Demand for loans from small firms in Kiel has grown by a third, and enquiries wait for a week.",
        "days": (-12, 6),
    },
    "corporate": {
        "of": (*KNOWN["corporate"], "greta"),
        "pay": None,
        "openings": 1,
        "why": "Three groups from the port want one contact for credit and treasury.",
        "days": (-2, None),
    },
}


def build() -> None:
    """Begun, written, published and closed in the order of their days, by the people whose work it is."""
    anna = person("anna")
    with clock.at(at_work(day(-95), 11, 15)):
        posting_criteria.keep_sets(anna)
    requisitions.plan()
    for key, given in BEGUN.items():
        _rm_type, _where, manager = given["of"]
        published, closes = given["days"]
        with clock.at(at_work(day(published - 3), 9, 40)):
            made = begin(anna, requested(given, person(manager)), person(manager))
        closes_on = day(closes) if closes is not None else None
        with clock.at(at_work(day(published - 1), 15, 5)):
            operations.postings.revise(
                anna, made, **text_of(made, given, closes_on), **posting_criteria.of(made)
            )
        if closes_on is None:
            continue
        with clock.at(at_work(day(published - 1), 15, 20)):
            POSTINGS.perform(anna, made, "submit")
        with clock.at(at_work(day(published - 1), 16, 45)):
            POSTINGS.perform(made.hiring_manager, made, "approve")
        with clock.at(at_work(day(published), 10, 30)):
            POSTINGS.perform(anna, made, "publish")
        sourcing.build(key, made, anna, published)
        if closes < 0:
            with clock.at(clock.moment(day(closes + 1), 0, 30)):
                operations.postings.close_expired(SYSTEM)
    requisitions.build(posting("corporate").requisition.needed_by)
    careers.build()
    posting_coach.build(posting("corporate"))
    posting_lives.build(anna)
