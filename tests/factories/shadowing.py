"""Shadowing programmes and sessions for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.shadowing import HowFar, Rung, SessionMode, ShadowingProgramme, ShadowingSession
from rmhr.shadowing import content, operations, queries
from rmhr.shadowing.workflow import PROGRAMMES, SESSIONS

from . import accounts, save


def programme(**given: Any) -> ShadowingProgramme:
    """The ladder of a new RM, as a hire opens it. `employee`, `mentor`."""
    content.load()
    employee = given.pop("employee", None) or accounts.employee()
    mentor = given.pop("mentor", None) or accounts.user(Role.MENTOR)
    return save(operations.open_programme(SYSTEM, employee, mentor_id=mentor.id))


def logged(of: ShadowingProgramme, **given: Any) -> ShadowingSession:
    """A session as the RM writes it up, on the first rung with the mentor."""
    activity = next(each for each in queries.activities() if not each.with_client)
    values: dict[str, Any] = {
        "held_on": clock.today(),
        "activity_id": activity.id,
        "rung": Rung.OBSERVE,
        "mode": SessionMode.ON_SITE,
        "host_id": of.mentor_id,
        "minutes": 60,
        "client_agreed": False,
        "learned": "Costs come before the product.",
        "next_step": "",
    }
    return save(operations.log_session(of.user, of, **values | given))


def confirmed(of: ShadowingProgramme, **given: Any) -> ShadowingSession:
    """A session that counts."""
    session = logged(of, **given)
    SESSIONS.perform(session.host, session, "confirm", feedback="Well seen.")
    return save(session)


def climb(of: ShadowingProgramme) -> None:
    """Confirm every session that the ladder asks for, beyond the first rung with the whole checklist done alone."""
    for step in queries.progress(of).rungs:
        how_far = HowFar.SEEN if step.rung is Rung.OBSERVE else HowFar.ALONE
        for _n in range(step.needed):
            confirmed(of, rung=step.rung, observed={item.id: how_far for item in queries.checklist()})


def signed_off(**given: Any) -> ShadowingProgramme:
    """A ladder that is climbed and signed off by the mentor."""
    of = programme(**given)
    climb(of)
    PROGRAMMES.perform(of.mentor, of, "sign_off", note="Ready.")
    return save(of)


def form(of: ShadowingProgramme, **given: Any) -> dict[str, Any]:
    """What the page of a session sends."""
    activity = next(each for each in queries.activities() if not each.with_client)
    values: dict[str, Any] = {
        "held_on": date.isoformat(clock.today()),
        "activity_id": activity.id,
        "rung": "observe",
        "mode": "on_site",
        "host_id": of.mentor_id,
        "minutes": "60",
        "learned": "Costs come before the product.",
        "next_step": "",
    }
    return values | given
