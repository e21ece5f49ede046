"""The demo bank's offers: Lena's, which she accepted; one that is open; one that is being written."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from flask import current_app

from rmhr.accounts import operations as accounts
from rmhr.accounts import queries as people
from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.demo.building import application, at_work, day, person, working_day, working_day_back
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
    with clock.at(clock.moment(day(-52), 20, 15)):
        FLOW.perform(lena.applicant, offer, "accept")
    employee = people.people.employee_for(lena.id)
    if employee is None:
        raise LookupError("an accepted offer makes an employee")
    with clock.at(at_work(day(-51), 18)):
        with audit.acting(SYSTEM, "accounts.change"):
            employee.user.email = ADDRESS
        password = current_app.config["DEMO_PASSWORD"] or secrets.token_urlsafe(24)
        accounts.access.choose_password(employee.user, employee.user, password=password)


def _sofie(starts: date, expires: date) -> None:
    with clock.at(clock.moment(working_day_back(9), 10)):
        offer = _make("sofie", 67_000_00, starts=starts, expires=expires, mentor="ilse", buddy="murat")
    with clock.at(clock.moment(working_day_back(9), 10, 40)):
        FLOW.perform(person("anna"), offer, "send")


def _deniz(starts: date, expires: date) -> None:
    why = "Brings the full qualification for investment advice already."
    with clock.at(clock.moment(working_day_back(3), 15)):
        _make("deniz", 76_000_00, starts=starts, expires=expires, mentor="ilse", reason=why)


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
