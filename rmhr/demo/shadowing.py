"""Lena's first sessions: four observed, one assisted and waiting for its host."""

from __future__ import annotations

from datetime import date, timedelta

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.demo.building import REGION, hired, working_day, working_day_back
from rmhr.models.shadowing import HowFar, Rung, SessionMode
from rmhr.shadowing import operations, queries
from rmhr.shadowing.workflow import SESSIONS

#: kind, rung, minutes, points of the checklist, what Lena took away, what the host answered (nothing: not yet)
SESSIONS_OF_LENA = (
    (
        "onsite_day",
        Rung.OBSERVE,
        420,
        "preparation time resources documentation",
        "How much of the day is preparation: each meeting had a goal on one line before it began.",
        "You noticed the one-line goal. Write one yourself before the next meeting.",
    ),
    (
        "client_meeting",
        Rung.OBSERVE,
        75,
        "interaction costs_risks relationship",
        "Costs came before the product, unasked. The client relaxed and told more.",
        "Good eye for the order of things. Next time note the questions that I asked first.",
    ),
    (
        "client_meeting",
        Rung.OBSERVE,
        60,
        "needs closing",
        "Three open questions, then silence. I would have spoken too soon.",
        "Exactly. Try to count to five.",
    ),
    (
        "remote_session",
        Rung.OBSERVE,
        55,
        "preparation time follow_up",
        "By screen sharing everything takes longer; the agenda on the first slide helped.",
        "Well seen. You may take over the opening next week.",
    ),
    (
        "client_meeting",
        Rung.ASSIST,
        80,
        "interaction closing objections",
        "I led the opening and summed up the next steps. The objection about fees caught me off guard.",
        "",
    ),
)


def build() -> None:
    """Sessions on working days since the start, each confirmed two days later."""
    lena = hired("lena")
    programme = queries.of(lena) if lena else None
    if programme is None:
        return
    activities = {activity.code: activity for activity in queries.activities()}
    days = _days(programme.starts_on, len(SESSIONS_OF_LENA))
    points = {item.code: item.id for item in queries.checklist()}
    for day, (code, rung, minutes, seen, learned, feedback) in zip(days, SESSIONS_OF_LENA, strict=True):
        how_far = HowFar.SEEN if rung is Rung.OBSERVE else HowFar.HELPED
        with clock.at(clock.moment(day, 17, 10)):
            session = operations.log_session(
                programme.user,
                programme,
                held_on=day,
                activity_id=activities[code].id,
                rung=rung,
                mode=SessionMode.REMOTE if code == "remote_session" else SessionMode.ON_SITE,
                host_id=programme.mentor_id,
                minutes=minutes,
                client_agreed=activities[code].with_client,
                learned=learned,
                next_step="",
                observed={points[code]: how_far for code in seen.split()},
            )
        if feedback:
            with clock.at(clock.moment(calendar.add_working_days(day, 1, REGION), 9, 20)):
                SESSIONS.perform(session.host, session, "confirm", feedback=feedback)


def _days(starts_on: date, count: int) -> list[date]:
    """Working days spread from the start until yesterday."""
    last = working_day_back(1)
    span = max((last - starts_on).days, count)
    return [min(working_day(starts_on + timedelta(days=span * n // count)), last) for n in range(count)]
