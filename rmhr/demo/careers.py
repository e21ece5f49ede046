"""The demo bank's career site: its words, and enough open jobs for its filters to have something to do."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage

from rmhr.careers import operations as career_operations
from rmhr.core import clock
from rmhr.core.files import pictures
from rmhr.core.files.store import Upload
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.demo.building import PHONE, at_work, begin, day, person, unit
from rmhr.models.accounts import RmLevel, RmType
from rmhr.models.postings import Employment, Posting, PostingPlace, RemoteWork
from rmhr.models.requisitions import RequisitionReason
from rmhr.postings import operations
from rmhr.postings.workflow import POSTINGS
from rmhr.requisitions import operations as requisition_operations
from rmhr.requisitions.workflow import REQUISITIONS

INTRODUCTION = Words.both(
    en="With us one person stays with a client, often for decades. You get **time to learn**: half a year beside "
    "an experienced colleague, a plan for your first hundred days, and every course in working hours.\n\n"
    "We say on each job **what it pays**, when you hear from us, and who answers your questions. "
    "You need no cover letter and no photo.",
    de="Bei uns bleibt eine Person für ihre Kundschaft da, oft über Jahrzehnte. Sie bekommen **Zeit zum Lernen**: "
    "ein halbes Jahr an der Seite erfahrener Kolleginnen und Kollegen, einen Plan für die ersten hundert Tage und "
    "jede Schulung in der Arbeitszeit.\n\n"
    "Bei jeder Stelle steht, **was sie zahlt**, wann Sie von uns hören und wer Ihre Fragen beantwortet. "
    "Sie brauchen weder Anschreiben noch Foto.",
)


@dataclass(frozen=True, kw_only=True)
class Job:
    """One more open job. Pay in euros a year; days from today."""

    unit: str
    rm_type: RmType
    level: RmLevel
    title: Words
    employment: Employment
    remote: RemoteWork
    pay: tuple[int, int]
    pay_shown: bool = True
    published: int
    closes: int
    also_in: str = ""


#: Not the kinds and units of building.KNOWN, by which the other stages know postings.
JOBS = (
    Job(
        unit="Lübeck",
        rm_type=RmType.PERSONAL,
        level=RmLevel.JUNIOR,
        title=Words.both(
            "Junior Relationship Manager, private clients (f/m/x)",
            "Junior Relationship Manager Privatkunden (m/w/d)",
        ),
        employment=Employment.FULL_TIME,
        remote=RemoteWork.NONE,
        pay=(46_000, 54_000),
        published=-9,
        closes=24,
    ),
    Job(
        unit="Hamburg-Altona",
        rm_type=RmType.BUSINESS,
        level=RmLevel.SENIOR,
        title=Words.both(
            "Senior Relationship Manager, business clients (f/m/x)",
            "Senior Relationship Manager Geschäftskunden (m/w/d)",
        ),
        employment=Employment.EITHER,
        remote=RemoteWork.PARTLY,
        pay=(74_000, 92_000),
        published=-6,
        closes=31,
        also_in="Lübeck",
    ),
    Job(
        unit="Kiel",
        rm_type=RmType.PERSONAL,
        level=RmLevel.RM,
        title=Words.both(
            "Relationship Manager, digital branch (f/m/x)",
            "Relationship Manager Digitale Filiale (m/w/d)",
        ),
        employment=Employment.PART_TIME,
        remote=RemoteWork.FULLY,
        pay=(52_000, 64_000),
        published=-4,
        closes=38,
    ),
    Job(
        unit="Lübeck",
        rm_type=RmType.CORPORATE,
        level=RmLevel.SENIOR,
        title=Words.both(
            "Senior Relationship Manager, shipping (f/m/x)", "Senior Relationship Manager Schifffahrt (m/w/d)"
        ),
        employment=Employment.FULL_TIME,
        remote=RemoteWork.PARTLY,
        pay=(88_000, 112_000),
        pay_shown=False,
        published=-2,
        closes=45,
    ),
)


def _logo() -> Upload:
    """Waves and the sun above them on a disc of ink, as the product's own mark draws them."""
    side, line = 576, 30
    picture = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0, 0, side - 1, side - 1), fill="#10243a")
    for y, half in ((0.7, 0.31), (0.56, 0.21), (0.42, 0.12)):
        at, middle = int(y * side), side // 2
        draw.line((middle - half * side, at, middle + half * side, at), fill="#f3eee2", width=line)
    draw.arc((0.35 * side, 0.21 * side, 0.65 * side, 0.51 * side), 205, 335, fill="#f0b272", width=line)
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return pictures.accept(FileStorage(file, filename="nordhaven.png"))


def build() -> None:
    """The site set up by the administrator, and the jobs opened by those whose work it is."""
    with clock.at(at_work(day(-120), 11, 20)):
        career_operations.set_up(
            person("nils"),
            None,
            facts={
                "headline": Words.both("Work with people who stay", "Arbeiten, wo man bleibt"),
                "introduction": INTRODUCTION,
                "contact_email": "careers@bank.example",
                "shows_count": True,
                "imprint": Words(),
            },
            logo=_logo(),
        )
    for job in JOBS:
        _open(job)


def _open(job: Job) -> Posting:
    anna, tomas, greta = person("anna"), person("tomas"), person("greta")
    low, high = (sum_ * 100 for sum_ in job.pay)
    with clock.at(at_work(day(job.published - 8), 9, 30)):
        asked = requisition_operations.requisitions.request(
            greta,
            unit(job.unit),
            approver=anna,
            facts={
                "rm_type": job.rm_type,
                "level": job.level,
                "positions": 1,
                "pay_min": low,
                "pay_max": high,
                "reason": RequisitionReason.NEW,
                "justification": "More clients ask for a fixed contact than the team can look after.",
                "needed_by": day(job.published + 120),
            },
        )
    with clock.at(at_work(day(job.published - 5), 15, 10)):
        REQUISITIONS.perform(anna, asked, "approve")
    with clock.at(at_work(day(job.published - 3), 10, 20)):
        made = begin(anna, asked, tomas)
        operations.postings.revise(anna, made, facts=_facts(job), sections={})
    with clock.at(at_work(day(job.published - 1), 11)):
        POSTINGS.perform(anna, made, "submit")
        POSTINGS.perform(tomas, made, "approve")
    with clock.at(at_work(day(job.published), 9, 15)):
        POSTINGS.perform(SYSTEM, made, "publish")
    return made


def _facts(job: Job) -> dict[str, Any]:
    days_at_home = Words.both("up to 2 days a week from home", "bis zu 2 Tage pro Woche von zu Hause")
    facts: dict[str, Any] = {
        "title": job.title,
        "employment": job.employment,
        "remote_work": job.remote,
        "remote": days_at_home if job.remote is RemoteWork.PARTLY else Words(),
        "pay_shown": job.pay_shown,
        "closes_on": day(job.closes),
        "offer_days": 15,
        "contact_phone": PHONE,
        "starts": Words.both("from the first of next quarter", "zum nächsten Quartalsbeginn"),
    }
    if job.employment is Employment.PART_TIME:
        facts["hours"] = Words.both("20 to 28 a week", "20 bis 28 pro Woche")
    if job.also_in:
        other = unit(job.also_in)
        facts["further_places"] = [PostingPlace(position=0, unit=other, place=other.place)]
    return facts
