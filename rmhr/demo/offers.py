"""The demo bank's offers, and what the works council says of each: Lena's, by which she was hired, and five of now."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app

from rmhr.accounts import operations as accounts
from rmhr.accounts import queries as people
from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.council.operations import run_out
from rmhr.demo import council
from rmhr.demo.building import application, at_work, day, just_now, person, working_day, working_day_back
from rmhr.models.offers import Offer
from rmhr.models.requisitions import PayPeriod
from rmhr.offers import operations
from rmhr.offers.workflow import FLOW

#: Where Lena writes from once she works here.
ADDRESS = "lena.brandt@bank.example"


def build() -> None:
    """Lena and Nadia are hired, Jule waits for the council; Sofie and Malte think, Deniz's is not sent yet."""
    _lena(starts=working_day(day(-20)), expires=day(-42))
    _nadia(starts=working_day(day(16)), expires=day(-5), hired_at=at_work(day(-1), 15, 10))
    _jule(starts=working_day(day(45)), expires=day(6), accepted_at=clock.moment(day(-1), 20, 40))
    _sofie(starts=working_day(day(40)), expires=day(5))
    _malte(starts=working_day(day(50)), expires=day(10))
    _deniz(starts=working_day(day(70)), expires=day(12))


def _lena(starts: date, expires: date) -> None:
    anna, lena = person("anna"), application("lena")
    words = "Thank you for a good conversation. We would be glad to have you with us."
    with clock.at(clock.moment(working_day_back(56), 11)):
        offer = _make(
            "lena", 61_500_00, starts=starts, expires=expires, mentor="ilse", buddy="murat", message=words
        )
    with clock.at(clock.moment(working_day_back(56), 11, 30)):
        FLOW.perform(anna, offer, "send")
    request = council.ask(offer, clock.moment(working_day_back(56), 11, 45), "Tarifgruppe 8")
    over = (request.answer_by or day(-49)) + timedelta(days=1)
    with clock.at(clock.moment(day(-52), 20, 15)):
        FLOW.perform(lena.applicant, offer, "accept")
    # The council says nothing: the night after its week she is hired.
    with clock.at(clock.moment(over, 0, 10)):
        run_out()
    employee = people.people.employee_for(lena.id)
    if employee is None:
        raise LookupError("an accepted offer makes an employee")
    with clock.at(at_work(working_day(over), 18)):
        with audit.acting(SYSTEM, "accounts.change"):
            employee.user.email = ADDRESS
        password = current_app.config["DEMO_PASSWORD"] or secrets.token_urlsafe(24)
        accounts.access.choose_password(employee.user, employee.user, password=password)
    with clock.at(clock.moment(starts, 0, 15)):
        accounts.employment.take_effect(SYSTEM)


def _nadia(starts: date, expires: date, hired_at: datetime) -> None:
    """The council has refused in time, and the first days that were promised to clients cannot wait for a court."""
    offer = _sent("nadia", 66_500_00, 14, starts=starts, expires=expires, mentor="ilse", buddy="paul")
    request = council.ask(offer, clock.moment(working_day_back(14), 16, 50), "Tarifgruppe 8")
    with clock.at(clock.moment(day(-12), 19, 35)):
        FLOW.perform(offer.application.applicant, offer, "accept")
    # It answers on the last day of its week, which is a working day.
    last = request.answer_by or day(-7)
    council.refuse(request, clock.moment(last, 11), council.NOT_ADVERTISED)
    council.hire_provisionally(request, hired_at)


def _jule(starts: date, expires: date, accepted_at: datetime) -> None:
    """She has said yes while the council's week is running."""
    offer = _sent("jule", 64_000_00, 8, starts=starts, expires=expires, mentor="murat")
    council.ask(offer, clock.moment(working_day_back(2), 10), "Tarifgruppe 8")
    with clock.at(accepted_at):
        FLOW.perform(offer.application.applicant, offer, "accept")


def _malte(starts: date, expires: date) -> None:
    """Nobody has asked the council about him yet."""
    _sent("malte", 69_000_00, 3, starts=starts, expires=expires, supervisor="greta")


def _sent(who: str, pay: int, days: int, **terms: Any) -> Offer:
    """An offer that was written and sent in one afternoon, after what was decided on that day."""
    with clock.at(clock.moment(working_day_back(days), 16, 30)):
        offer = _make(who, pay, **terms)
    with clock.at(clock.moment(working_day_back(days), 16, 40)):
        FLOW.perform(person("anna"), offer, "send")
    return offer


def _sofie(starts: date, expires: date) -> None:
    with clock.at(clock.moment(working_day_back(9), 10)):
        offer = _make("sofie", 67_000_00, starts=starts, expires=expires, mentor="ilse", buddy="murat")
    with clock.at(clock.moment(working_day_back(9), 10, 40)):
        FLOW.perform(person("anna"), offer, "send")
    council.ask(offer, clock.moment(working_day_back(2), 9, 30), "Tarifgruppe 9")


def _deniz(starts: date, expires: date) -> None:
    why = "Brings the full qualification for investment advice already."
    with clock.at(clock.moment(working_day_back(3), 15)):
        offer = _make("deniz", 76_000_00, starts=starts, expires=expires, mentor="ilse", reason=why)
    request = council.ask(offer, clock.moment(working_day_back(3), 15, 20), "Tarifgruppe 8")
    council.refuse(request, just_now(), council.PAY_GROUP)


def _make(
    who: str,
    pay: int,
    *,
    starts: date,
    expires: date,
    supervisor: str = "tomas",
    mentor: str | None = None,
    buddy: str | None = None,
    message: str = "",
    reason: str = "",
) -> Offer:
    terms: dict[str, Any] = {
        "pay": pay,
        "currency": "EUR",
        "pay_period": PayPeriod.YEAR,
        "starts_on": starts,
        "expires_on": expires,
        "supervisor_id": person(supervisor).id,
        "mentor_id": person(mentor).id if mentor else None,
        "buddy_id": person(buddy).id if buddy else None,
        "range_reason": reason,
        "message": message,
    }
    return operations.make(person("anna"), application(who), **terms)
