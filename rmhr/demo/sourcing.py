"""The demo bank's share links and recommendations; who came by them, the demo of applications says."""

from __future__ import annotations

from dataclasses import dataclass

from rmhr.core import clock
from rmhr.demo.building import at_work, day, person
from rmhr.models.accounts import User
from rmhr.models.postings import Posting
from rmhr.sourcing import operations as sourcing_operations

#: Posting → (channel, campaign) of its links.
LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "old": (("LinkedIn", ""),),
    "altona": (
        ("LinkedIn", "Autumn"),
        ("StepStone", ""),
        ("Newsletter", ""),
        ("University", "Career day in Kiel"),
        ("XING", ""),
    ),
    "kiel": (("XING", ""), ("Poster with QR code", "Branch in Kiel")),
}


@dataclass(frozen=True, kw_only=True)
class Tip:
    """Whom a colleague recommends, when, and why."""

    by: str
    name: str
    email: str
    language: str
    days: int  # ago
    note: str


TIPS: dict[str, tuple[Tip, ...]] = {
    "old": (
        Tip(
            by="murat",
            name="Lena Brandt",
            email="lena.brandt@example.org",
            language="en",
            days=74,
            note="We trained together in Flensburg. Her clients followed her when she changed branches.",
        ),
    ),
    "altona": (
        Tip(
            by="ilse",
            name="Farida Rahimi",
            email="farida.rahimi@example.org",
            language="en",
            days=18,
            note="Advises half of Pinneberg and prepares every meeting.",
        ),
    ),
    "kiel": (
        Tip(
            by="murat",
            name="Jonte Behrens",
            email="jonte.behrens@example.org",
            language="de",
            days=4,
            note="Kennt das Handwerk in Kiel und sucht etwas Neues.",
        ),
    ),
}


def build(key: str, posting: Posting, recruiter: User, published: int) -> None:
    """What is shared and recommended while the posting is open; `published` days from today."""
    with clock.at(at_work(day(published), 11, 15)):
        for channel, campaign in LINKS.get(key, ()):
            sourcing_operations.share_links.share(recruiter, posting, channel=channel, campaign=campaign)
    for tip in TIPS.get(key, ()):
        with clock.at(at_work(day(-tip.days), 12, 40)):
            sourcing_operations.referrals.recommend(
                person(tip.by),
                posting,
                name=tip.name,
                email=tip.email,
                language=tip.language,
                note=tip.note,
            )
