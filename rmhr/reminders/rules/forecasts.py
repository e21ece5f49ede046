"""Forecasts of all rules: asked for by somebody, worked out by the scheduler, kept until there is a newer one.

Playing through all that is owed takes as long as much is owed. Nobody waits for it, and no writer either: each kind of
things is read in a transaction of its own, and how far it is stands in the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from rmhr.core import clock
from rmhr.core.db import db, deleted, only_reading
from rmhr.models.accounts import User
from rmhr.models.reminders import EscalationLevel, ForecastRow, ForecastRun, ReminderRule
from rmhr.reminders.rules import forecast_totals, queries, simulator
from rmhr.reminders.rules.forecast_totals import MostTold, Totals
from rmhr.reminders.rules.queries import Stopped
from rmhr.reminders.rules.simulator import Forecast

#: How many things are looked at, at most; and how many rows are written in one transaction.
MOST, CHUNK = 200_000, 5_000


def under_way() -> ForecastRun | None:
    """The run that was asked for and is not finished."""
    query = sa.select(ForecastRun).where(ForecastRun.finished_at.is_(None)).order_by(ForecastRun.id)
    return db.session.scalar(query.options(joinedload(ForecastRun.asked_by)).limit(1))


def latest() -> ForecastRun | None:
    """The run that was finished last."""
    query = sa.select(ForecastRun).where(ForecastRun.finished_at.is_not(None)).order_by(ForecastRun.id.desc())
    return db.session.scalar(query.options(joinedload(ForecastRun.asked_by)).limit(1))


def rules_now(stops: Iterable[Stopped]) -> str:
    """Returns what changes with every rule that is made or withdrawn, and with what is stopped: these."""
    made = sa.select(sa.func.count(ReminderRule.id), sa.func.count(ReminderRule.withdrawn_at))
    stopped = sorted(each.source.name for each in stops)
    return " ".join(map(str, (*db.session.execute(made).one(), *stopped)))


def totals(run: ForecastRun) -> Totals:
    """Returns what a finished run came to, with the names of today."""
    kept: Mapping[str, Any] = run.totals
    ids = [id for id, _mails, _things in kept["most_told"]]
    names = dict(db.session.execute(sa.select(User.id, User.name).where(User.id.in_(ids))).all())
    return Totals(
        days={date.fromisoformat(day): (mails, said) for day, mails, said in kept["days"]},
        levels={EscalationLevel(level): number for level, number in kept["levels"].items()},
        most_told=[
            MostTold(id, names[id], mails, things) for id, mails, things in kept["most_told"] if id in names
        ],
        people=kept["people"],
        capped=kept["capped"],
    )


def rows(run: ForecastRun, first: int = 0, count: int | None = None) -> Iterator[Any]:
    """Returns the reminders of a finished run, in order, with the names `told` and `about`: `count` from `first` on."""
    told, owner = aliased(User), aliased(User)
    query = (
        sa.select(ForecastRow.__table__, told.name.label("told"), owner.name.label("about"))
        .join(told, told.id == ForecastRow.recipient_id)
        .join(owner, owner.id == ForecastRow.owner_id)
        .where(ForecastRow.run_id == run.id, ForecastRow.number >= first)
        .order_by(ForecastRow.number)
        .execution_options(yield_per=CHUNK)
    )
    if count is not None:
        query = query.where(ForecastRow.number < first + count)
    yield from db.session.execute(query)


def work_out(run: ForecastRun) -> Iterator[None]:
    """Work out what somebody has asked for, step by step; after each step the caller commits, or breaks off.

    What was broken off begins anew.
    """
    id = run.id
    with only_reading():
        rules, simulation = rules_now(queries.stops()), simulator.of_everything(most=MOST)
    _tell(id, rules=rules, done=0, kinds=len(simulation.names))
    yield
    for done, name in enumerate(simulation.names, 1):
        with only_reading():
            simulation.play(name)
        _tell(id, done=done)
        yield
    forecast = simulation.forecasts[0]
    deleted(sa.delete(ForecastRow).where(ForecastRow.run_id == id))
    lines = _lines(id, forecast)
    while some := list(islice(lines, CHUNK)):
        db.session.execute(sa.insert(ForecastRow.__table__), some)
        yield
    _tell(id, totals=_stored(forecast_totals.totals(forecast)), finished_at=clock.now())
    deleted(sa.delete(ForecastRun).where(ForecastRun.id < id))


def _tell(id: int, **values: Any) -> None:
    """Let it be seen how far it is."""
    db.session.execute(sa.update(ForecastRun).where(ForecastRun.id == id).values(**values))


def _lines(number: int, forecast: Forecast) -> Iterator[dict[str, Any]]:
    for place, each in enumerate(forecast_totals.in_order(forecast, forecast.reminders)):
        yield {
            "run_id": number,
            "number": place,
            "day": each.day,
            "source": each.source.name,
            "owner_id": each.owner_id,
            "recipient_id": each.recipient_id,
            "due_on": each.due_on,
            "after": each.occurrence.after,
            "basis": each.occurrence.basis,
            "level": each.level,
            "mailed": each.mailed,
        }


def _stored(found: Totals) -> dict[str, Any]:
    return {
        "days": [[day.isoformat(), *numbers] for day, numbers in found.days.items()],
        "levels": {level.value: number for level, number in found.levels.items()},
        "most_told": [[each.id, each.mails, each.things] for each in found.most_told],
        "people": found.people,
        "capped": found.capped,
    }
