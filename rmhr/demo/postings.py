"""The demo bank's postings: two open, a draft, and the old one through which Lena came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from rmhr.core import bank, clock
from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.demo import careers, posting_coach, posting_criteria, posting_lives, requisitions, sourcing
from rmhr.demo.accounts import day, person, unit
from rmhr.models.accounts import RmType, User
from rmhr.models.postings import Employment, Posting, SectionKind
from rmhr.models.requisitions import Requisition, RequisitionReason
from rmhr.models.sourcing import ShareLink
from rmhr.postings import operations, queries
from rmhr.postings.workflow import POSTINGS
from rmhr.requisitions import operations as requisition_operations
from rmhr.requisitions.workflow import REQUISITIONS

PHONE = "040 5550 142"
#: key: RM type, unit, hiring manager; pay from, to, usual from, to; published and closing (days from today).
BEGUN: dict[str, dict[str, Any]] = {
    "old": {
        "of": (RmType.PERSONAL, "Hamburg-Altona", "tomas"),
        "pay": (56_000, 72_000, 60_000, 66_000),
        "openings": 1,
        "why": "The portfolio of a colleague who has retired is looked after by two others beside their own.",
        "days": (-92, -64),
    },
    "altona": {
        "of": (RmType.PERSONAL, "Hamburg-Altona", "tomas"),
        "pay": (58_000, 74_000, 62_000, 68_000),
        "openings": 2,
        "why": "Two hundred households have no fixed contact since the branch in Ottensen moved in with us.",
        "days": (-26, 18),
    },
    "kiel": {
        "of": (RmType.BUSINESS, "Kiel", "greta"),
        "pay": (62_000, 80_000, 66_000, 74_000),
        "openings": 1,
        "why": "Demand for loans from small firms in Kiel has grown by a third, and enquiries wait for a week.",
        "days": (-12, 6),
    },
    "corporate": {
        "of": (RmType.CORPORATE, "Head office", "greta"),
        "pay": None,
        "openings": 1,
        "why": "Three groups from the port want one contact for credit and treasury.",
        "days": (-2, None),
    },
}


def posting(key: str) -> Posting:
    """One of the postings above: "altona" and "kiel" are open, "corporate" is a draft, "old" is closed."""
    rm_type, where, _manager = BEGUN[key]["of"]
    query = sa.select(Posting).where(Posting.rm_type == rm_type, Posting.unit_id == unit(where).id)
    found = db.session.scalars(query.order_by(Posting.id)).unique().all()
    return found[1] if key == "altona" else found[0]


def link_code(posting: Posting, channel: str) -> str:
    """The code of the link to a posting for a channel; nothing without a channel."""
    query = sa.select(ShareLink.code).where(ShareLink.posting_id == posting.id, ShareLink.channel == channel)
    return db.session.scalars(query).one() if channel else ""


def second_version(anna: User) -> None:
    """What a posting says once people have applied to what it said before."""
    posting_lives.second_version(anna)


def build() -> None:
    """Begun, written, published and closed in the order of their days, by the people whose work it is."""
    anna = person("anna")
    with clock.at(clock.moment(day(-95), 11, 15)):
        posting_criteria.keep_sets(anna)
    requisitions.plan()
    for key, given in BEGUN.items():
        _rm_type, _where, manager = given["of"]
        published, closes = given["days"]
        with clock.at(clock.moment(day(published - 3), 9, 40)):
            made = begin(anna, requisition_of(given, person(manager)), person(manager))
        closes_on = day(closes) if closes is not None else None
        with clock.at(clock.moment(day(published - 1), 15, 5)):
            operations.postings.revise(
                anna, made, **text_of(made, given, closes_on), **posting_criteria.of(made)
            )
        if closes_on is None:
            continue
        with clock.at(clock.moment(day(published - 1), 15, 20)):
            POSTINGS.perform(anna, made, "submit")
        with clock.at(clock.moment(day(published - 1), 16, 45)):
            POSTINGS.perform(made.hiring_manager, made, "approve")
        with clock.at(clock.moment(day(published), 10, 30)):
            POSTINGS.perform(anna, made, "publish")
        sourcing.build(key, made, anna, published)
        if closes < 0:
            with clock.at(clock.moment(day(closes + 1), 0, 30)):
                operations.postings.close_expired(SYSTEM)
    requisitions.build(posting("corporate").requisition.needed_by)
    careers.build()
    posting_coach.build(posting("corporate"))
    posting_lives.build(anna)


def begin(by: User, asked: Requisition, hiring_manager: User) -> Posting:
    """A draft for what was asked for, with the starter text of its kind."""
    return operations.postings.create(
        by,
        queries.postings.template_for(asked.rm_type),
        requisition=asked,
        hiring_manager=hiring_manager,
        bank_name=bank.name(),
    )


def requisition_of(given: Mapping[str, Any], manager: User) -> Requisition:
    """What the hiring manager asked for some days before, and HR approved."""
    rm_type, where, _manager = given["of"]
    published = given["days"][0]
    low, high = (given["pay"] or (70_000, 95_000))[:2]
    approver = person("anna" if manager.name == person("greta").name else "greta")
    with clock.at(clock.moment(day(published - 12), 10, 5)):
        asked = requisition_operations.requisitions.request(
            manager,
            unit(where),
            approver=approver,
            facts={
                "rm_type": rm_type,
                "positions": given["openings"],
                "pay_min": low * 100,
                "pay_max": high * 100,
                "reason": RequisitionReason.NEW,
                "justification": given["why"],
                "needed_by": day(published + 120),
            },
        )
    with clock.at(clock.moment(day(published - 9), 14, 30)):
        REQUISITIONS.perform(approver, asked, "approve")
    return asked


def text_of(made: Posting, given: Mapping[str, Any], closes_on: date | None) -> dict[str, Any]:
    """What is written into the draft; the corporate one is not finished yet."""
    facts: dict[str, Any] = {
        "openings": given["openings"],
        "closes_on": closes_on,
        "contact_phone": PHONE,
        "employment": Employment.EITHER,
        "starts": Words.both("from the first of next quarter", "zum nächsten Quartalsbeginn"),
    }
    sections: dict[SectionKind, Words] = {}
    if given["pay"] is not None:
        names = ("pay_min", "pay_max", "usual_min", "usual_max")
        facts["agency_on"] = day(given["days"][0] - 2)
        facts |= {name: sum_ * 100 for name, sum_ in zip(names, given["pay"], strict=True)}
    else:
        summary = made.section(SectionKind.SUMMARY)
        sections[SectionKind.CERTIFICATIONS] = Words()
        sections[SectionKind.SUMMARY] = Words(en=summary["en"], de="")
    return {"facts": facts, "sections": sections}
