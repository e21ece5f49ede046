"""The demo bank's offers: Lena's, by which she was hired after the works council's week; one open; one refused."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
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
    """Lena is hired the real way; Sofie has an offer in her mailbox; Deniz's is not sent yet."""
    # Days are counted from today, so they are found before the clock is moved.
    _lena(starts=working_day(day(-20)), expires=day(-42))
    _sofie(starts=working_day(day(40)), expires=day(5))
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
    council.refuse(request, just_now())


def _make(
    who: str,
    pay: int,
    *,
    starts: date,
    expires: date,
    mentor: str,
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
        "supervisor_id": person("tomas").id,
        "mentor_id": person(mentor).id,
        "buddy_id": person(buddy).id if buddy else None,
        "range_reason": reason,
        "message": message,
    }
    return operations.make(person("anna"), application(who), **terms)
