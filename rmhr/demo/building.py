"""What the stages of the demo bank share: days, people and things by key, a run of a job, a posting that is begun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import bank, clock
from rmhr.core.db import db
from rmhr.core.due.calendar import is_working_day, next_working_day
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType, Unit, User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.postings import Employment, Posting, SectionKind
from rmhr.models.requisitions import Requisition, RequisitionReason
from rmhr.models.system import JobRun
from rmhr.postings import operations, queries
from rmhr.requisitions import operations as requisition_operations
from rmhr.requisitions.workflow import REQUISITIONS

#: Whose holidays count.
REGION = "DE-HH"
#: From this hour on colleagues do what else would fall on a weekend or a holiday.
DUSK = 17
#: Whom one calls about a posting.
PHONE = "040 5550 142"
#: On which machine, in which process the scheduler runs.
SCHEDULER = "nordhaven-1, 812"
#: The postings that other stages know by a key: of which kind and where; "old" and "altona" are alike, in this order.
KNOWN: dict[str, tuple[RmType, str]] = {
    "old": (RmType.PERSONAL, "Hamburg-Altona"),
    "altona": (RmType.PERSONAL, "Hamburg-Altona"),
    "kiel": (RmType.BUSINESS, "Kiel"),
    "corporate": (RmType.CORPORATE, "Head office"),
}


# Days.


_built_on: ContextVar[date] = ContextVar("built_on")


@contextmanager
def built_today() -> Iterator[None]:
    """Inside the block days are counted from today, wherever the clock is moved to."""
    token = _built_on.set(clock.today())
    try:
        yield
    finally:
        _built_on.reset(token)


def day(offset: int) -> date:
    """A date relative to the day on which the demo bank is built; outside of building it, to today."""
    return _built_on.get(clock.today()) + timedelta(days=offset)


def working_day(wanted: date) -> date:
    """This day, or the next on which people work."""
    return next_working_day(wanted, REGION)


def working_day_back(days: int) -> date:
    """The working day that lies so many days back, or the one before it."""
    found = day(-days)
    while not is_working_day(found, REGION):
        found -= timedelta(days=1)
    return found


def at_work(wanted: date, hour: int, minute: int = 0) -> datetime:
    """That moment, for something that colleagues do.

    On a day on which nobody works it is done in the late afternoon of the last working day before: in the same order,
    and after what is done there before DUSK.
    """
    moment, last = clock.moment(wanted, hour, minute), wanted
    while not is_working_day(last, REGION):
        last -= timedelta(days=1)
    if last == wanted:
        return moment
    dusk = clock.moment(last, DUSK)
    since = moment - clock.moment(last + timedelta(days=1), 0)
    return (dusk + since / ((wanted - last).days + 1) / 12).replace(microsecond=0)


def just_now() -> datetime:
    """The present moment; on a day on which nobody works the last one at which somebody did."""
    here = clock.local(clock.now())
    return (
        clock.now() if is_working_day(here.date(), REGION) else at_work(here.date(), here.hour, here.minute)
    )


# Who and what there is.


def person(key: str) -> User:
    """A colleague by first name: "anna", "tomas" … Raises NoResultFound where nobody is called so."""
    return db.session.scalars(_called(key)).one()


def hired(key: str) -> User | None:
    """The same for somebody whom the demo of offers hires ("lena"); None before that."""
    return db.session.scalars(_called(key)).one_or_none()


def _called(key: str) -> sa.Select[User]:
    return sa.select(User).where(User.name.startswith(f"{key.capitalize()} "))


def unit(name: str) -> Unit:
    """One of the units, by name."""
    return db.session.scalars(sa.select(Unit).where(Unit.name == name)).one()


def posting(key: str) -> Posting:
    """One of those in KNOWN: "altona" and "kiel" are open, "corporate" is a draft, "old" is closed."""
    rm_type, where = KNOWN[key]
    query = sa.select(Posting).where(Posting.rm_type == rm_type, Posting.unit_id == unit(where).id)
    found = db.session.scalars(query.order_by(Posting.id)).unique().all()
    return found[1] if key == "altona" else found[0]


def application(key: str) -> Application:
    """An application by the first name of who applied: "lena", "sofie" …"""
    query = sa.select(Application).where(Application.status != ApplicationStatus.REPLACED)
    return db.session.scalars(query.where(Application.name.startswith(f"{key.capitalize()} "))).one()


# What more than one stage does.


def requested(given: Mapping[str, Any], manager: User) -> Requisition:
    """What the hiring manager asked for some days before the posting, and somebody else approved."""
    rm_type, where, _manager = given["of"]
    published = given["days"][0]
    low, high = (given["pay"] or (70_000, 95_000))[:2]
    approver = person("anna" if manager.name == person("greta").name else "greta")
    with clock.at(at_work(day(published - 12), 10, 5)):
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
    with clock.at(at_work(day(published - 9), 14, 30)):
        REQUISITIONS.perform(approver, asked, "approve")
    return asked


def begin(by: User, asked: Requisition, hiring_manager: User) -> Posting:
    """A draft for what was asked for, with the starter text of its kind."""
    return operations.postings.create(
        by,
        queries.postings.template_for(asked.rm_type),
        requisition=asked,
        hiring_manager=hiring_manager,
        bank_name=bank.name(),
    )


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


def ran(job: str, at: datetime, seconds: float, by: User | None = None, **more: Any) -> None:
    """A run of a job that began then."""
    who = f"{by.name} ({SCHEDULER})" if by else SCHEDULER
    end = at + timedelta(seconds=seconds)
    db.session.add(JobRun(job=job, started_at=at, finished_at=end, who=who, by_hand=by is not None, **more))
