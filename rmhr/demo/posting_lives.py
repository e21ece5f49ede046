"""Postings of the demo bank in every other status, a hiring team, a second place, a second version."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.demo.building import at_work, begin, day, person, posting, requested, text_of, unit
from rmhr.models.accounts import RmType, User
from rmhr.models.postings import Audience, Posting, SectionKind, TeamPart
from rmhr.postings import operations
from rmhr.postings.workflow import POSTINGS
from rmhr.requisitions.workflow import REQUISITIONS

#: How far it has come: RM type, unit, hiring manager; pay; days from today on which it was begun and closes.
LIVES: dict[str, dict[str, Any]] = {
    "archived": {
        "of": (RmType.BUSINESS, "Hamburg-Altona", "tomas"),
        "pay": (60_000, 76_000, 64_000, 70_000),
        "openings": 1,
        "why": "A colleague has moved to the credit department.",
        "days": (-210, -170),
    },
    "paused": {
        "of": (RmType.PERSONAL, "Kiel", "greta"),
        "pay": (57_000, 72_000, 60_000, 66_000),
        "openings": 1,
        "why": "The second desk in Kiel has been empty since the summer.",
        "days": (-34, 22),
    },
    "approved": {
        "of": (RmType.CORPORATE, "Kiel", "greta"),
        "pay": (72_000, 94_000, 78_000, 86_000),
        "openings": 1,
        "why": "Two shipyards and their suppliers want a contact on the spot.",
        "days": (-9, 40),
    },
    "in approval": {
        "of": (RmType.BUSINESS, "Hamburg-Altona", "tomas"),
        "pay": (61_000, 78_000, 65_000, 72_000),
        "openings": 1,
        "why": "Craft firms around the station ask for loans that nobody has time for.",
        "days": (-5, 33),
    },
    "for colleagues": {
        "of": (RmType.BUSINESS, "Kiel", "greta"),
        "pay": (66_000, 82_000, 69_000, 75_000),
        "openings": 1,
        "why": "Somebody who knows the house takes over the firms of a colleague who goes in spring.",
        "days": (-13, 12),
        "audience": Audience.INTERNAL,
    },
}
#: What "approved" waits for.
OPENS = 7


def build(anna: User) -> None:
    """Each as far as its name says; then who helps with the one in Altona, and where else it is."""
    for name, given in LIVES.items():
        begun, closes = given["days"]
        made = _written(anna, given, day(begun), day(closes), day(OPENS) if name == "approved" else None)
        with clock.at(at_work(day(begun + 2), 9, 15)):
            POSTINGS.perform(anna, made, "submit")
        if name == "in approval":
            continue
        with clock.at(at_work(day(begun + 3), 11, 40)):
            POSTINGS.perform(made.hiring_manager, made, "approve")
        if name == "approved":
            continue
        with clock.at(at_work(day(begun + 4), 8, 30)):
            POSTINGS.perform(anna, made, "publish")
        if name == "for colleagues":
            continue
        if name == "paused":
            with clock.at(at_work(day(-3), 14, 10)):
                POSTINGS.perform(anna, made, "pause", note="The desk is being moved; back after that.")
            continue
        with clock.at(clock.moment(day(closes + 1), 0, 30)):
            operations.postings.close_expired(SYSTEM)
        with clock.at(at_work(day(closes + 20), 16, 0)):
            POSTINGS.perform(anna, made, "archive")
        with clock.at(at_work(day(closes + 21), 9, 10)):
            note = "Two of us have divided the clients; it works."
            REQUISITIONS.perform(made.hiring_manager, made.requisition, "cancel", note=note)
    _team(anna, posting("altona"))


def _written(anna: User, given: dict[str, Any], begun: date, closes: date, opens: date | None) -> Posting:
    _rm_type, _where, manager = given["of"]
    with clock.at(at_work(begun, 10, 20)):
        made = begin(anna, requested(given, person(manager)), person(manager))
        text = text_of(made, given, closes)
        more = {"opens_on": opens, "audience": given.get("audience", Audience.PUBLIC)}
        operations.postings.revise(anna, made, **text | {"facts": text["facts"] | more})
    return made


def _team(anna: User, altona: Posting) -> None:
    """Two who interview, and a second place where the same job can be done."""
    with clock.at(at_work(day(-25), 9, 50)):
        for name in ("ilse", "mara"):
            operations.team.add_to_team(anna, altona, user=person(name), part=TeamPart.INTERVIEWER)
        kiel = unit("Kiel")
        operations.postings.revise(anna, altona, facts={}, sections={}, further_places=[(kiel.id, kiel.name)])


def second_version(anna: User) -> None:
    """What the posting in Kiel promises besides the pay gets better; whoever has applied stays with the first."""
    kiel = posting("kiel")
    benefits = kiel.section(SectionKind.BENEFITS)
    more = Words.both(
        f"{benefits['en']}\n- A bicycle, leased through us",
        f"{benefits['de']}\n- Ein Fahrrad, das über uns geleast wird",
    )
    facts = {"remote": Words.both("up to 3 days a week from home", "bis zu 3 Tage pro Woche von zu Hause")}
    operations.postings.revise(anna, kiel, facts=facts, sections={SectionKind.BENEFITS: more})
