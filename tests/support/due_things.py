"""Things that people owe, for tests of the list and of reminders: goals, under a source of their own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import lists, sources
from rmhr.core.due.sources import N_
from rmhr.models.accounts import Role, User
from rmhr.models.performance import Goal, GoalStatus
from rmhr.reminders import engine
from tests.factories import save
from tests.factories.accounts import user

NAME = "tests.goal"


def goals() -> Any:
    """What the source selects: every goal that was agreed, owed by its person."""
    return (
        sa.select(
            Goal.id.label("subject_id"),
            Goal.user_id.label("owner_id"),
            Goal.due_on.label("due_on"),
            Goal.specific.label("what"),
            User.name.label("person"),
        )
        .join(User, User.id == Goal.supervisor_id)
        .where(Goal.status == GoalStatus.AGREED)
    )


def only_goals(monkeypatch: pytest.MonkeyPatch, *remind_on: int, **given: Any) -> sources.Source:
    """Make the goals the only thing that anybody owes, with reminders on these days (else on -2, 0 and 3)."""
    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))
    sources.source(
        NAME,
        label=N_("Goals"),
        remind_on=remind_on or (() if "escalation" in given else (-2, 0, 3)),
        text=N_("Reach “%(what)s”"),
        why=N_("Agreed with %(person)s"),
        verb=N_("Show"),
        endpoint="accounts.person",
        params={"id": "owner_id"},
        **given,
    )(goals)
    return registry.SOURCES[NAME]


def goal(owner: User, on: date | int, what: str = "Ten new clients", **given: Any) -> Goal:
    """Something that this person owes until that day (or so many days from today)."""
    due_on = on if isinstance(on, date) else clock.today() + timedelta(days=on)
    defaults: dict[str, Any] = {
        "user": owner,
        "supervisor": given.pop("supervisor", None) or user(Role.SUPERVISOR, name="Tomas Lind"),
        "status": GoalStatus.AGREED,
        "specific": what,
        "measure": "clients",
        "unit": "count",
        "baseline": Decimal(0),
        "target": Decimal(10),
        "achievable": "yes",
        "relevance": "yes",
        "starts_on": due_on - timedelta(days=60),
        "due_on": due_on,
        "agreed_at": clock.now(),
    }
    return save(Goal(**defaults | given))


def also_awaited(name: str = "tests.awaited", **given: Any) -> sources.Source:
    """The same goals as something for which their supervisor waits, under a second source."""
    sources.source(
        name,
        label=N_("Goals that somebody waits for"),
        remind_on=(0,),
        text=N_("Reach “%(what)s”"),
        why=N_("Agreed with %(person)s"),
        verb=N_("Show"),
        endpoint="accounts.person",
        params={"id": "owner_id"},
        awaited=N_("News of “%(what)s”"),
        **given,
    )(lambda: goals().add_columns(Goal.supervisor_id.label("waits_id"), Goal.starts_on.label("since_on")))
    return registry.SOURCES[name]


def send_due(on: date | None = None, most: int = engine.CHUNK) -> int:
    """Tell at most `most` people what is due, as the scheduler does; the number of reminders. The caller commits.

    Whoever names no day says with `clock.at` at which moment: in the evening and on a Sunday nobody is told anything.
    """
    assert on or clock._moved.get(), "what is sent depends on the hour at which the suite runs"
    return engine.send(next(engine.batches(engine.waiting(on), most), []))


def awaited(person: User, most: int = 10) -> list[sources.Due]:
    """What others owe and this person waits for in the next 60 days, soonest first: the first `most`."""
    rows = lists.awaited_rows(lists.sources())
    assert rows is not None
    values = {"person": person.id, "until": clock.today() + timedelta(days=60), "most": most}
    return [sources.of(row) for row in db.session.execute(sa.select(rows).order_by(rows.c.due_on), values)]
