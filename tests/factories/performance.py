"""Goals, reviews and next steps for tests, each brought about the way the product does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.models.accounts import Role, User
from rmhr.models.competencies import Level
from rmhr.models.performance import (
    CheckIn,
    Confidence,
    DevelopmentAction,
    DevelopmentItem,
    Goal,
    Kpi,
    Review,
    ReviewDraft,
    Side,
)
from rmhr.performance import content, operations, queries
from rmhr.performance.workflow.goals import GOALS
from rmhr.performance.workflow.reviews import REVIEWS

from . import accounts, save
from .competencies import competency


def rm(**given: Any) -> User:
    """An RM with a supervisor."""
    return accounts.employee(**given).user


def supervisor_of(user: User) -> User:
    """Whoever leads this person."""
    assert user.employee is not None
    assert user.employee.supervisor is not None
    return user.employee.supervisor


def kpi(code: str = "client_retention_rate") -> Kpi:
    """One of the KPIs of the starter content."""
    content.load()
    return next(each for each in queries.goals.kpis() if each.code == code)


def values(**given: Any) -> dict[str, Any]:
    """What a goal consists of: SMART, with a measure of one's own."""
    defaults: dict[str, Any] = {
        "title": "Annual meetings",
        "specific": "I hold an annual meeting with each of my 60 most important households.",
        "kpi_id": None,
        "measure": "Meetings held",
        "unit": "meetings",
        "baseline": Decimal(0),
        "target": Decimal(60),
        "achievable": "That is a little more than one a week.",
        "relevance": "Whoever is asked once a year stays.",
        "due_on": clock.today() + timedelta(days=200),
    }
    return defaults | given


def goal(owner: User | None = None, **given: Any) -> Goal:
    """A draft of an RM."""
    owner = owner or rm()
    return save(operations.goals.set_goal(owner, owner, **values(**given)))


def proposed(owner: User | None = None, by_supervisor: bool = False, **given: Any) -> Goal:
    """A goal that waits for the other side."""
    made = goal(owner, **given)
    GOALS.perform(made.supervisor if by_supervisor else made.user, made, "propose")
    return save(made)


def agreed(owner: User | None = None, **given: Any) -> Goal:
    """A goal that counts."""
    made = proposed(owner, **given)
    GOALS.perform(made.supervisor, made, "agree")
    return save(made)


def checked(of: Goal, value: int | str = 30, **given: Any) -> CheckIn:
    """A check-in by its RM."""
    row = operations.goals.check_in(
        of.user, of, **{"value": Decimal(value), "confidence": Confidence.ON_TRACK, "comment": ""} | given
    )
    return save(row)


def review(owner: User | None = None, competencies: int = 2, **given: Any) -> Review:
    """A review that HR has just opened, with so many competencies to rate (if there are none yet)."""
    owner = owner or rm()
    if not queries.reviews.competencies(owner):
        for _n in range(competencies):
            competency()
    today = clock.today()
    defaults: dict[str, Any] = {
        "title": Words.both("Year", "Jahr"),
        "starts_on": date(today.year, 1, 1),
        "ends_on": date(today.year, 12, 31),
        "self_due_on": today + timedelta(days=14),
        "supervisor_due_on": today + timedelta(days=16),
        "meeting_due_on": today + timedelta(days=21),
        "people": [owner.id],
    }
    operations.reviews.open_cycle(accounts.user(Role.HR), None, **defaults | given)
    db.session.commit()
    made = queries.reviews.newest(owner)
    assert made is not None
    return made


def written(of: Review, side: Side, level: Level = Level.THREE, evidence: str = "It happened.") -> Review:
    """One side's part, complete but not handed in."""
    actor = of.user if side is Side.SELF else of.supervisor
    for each in queries.reviews.competencies(of.user):
        operations.reviews.save_rating(actor, of, competency_id=each.id, level=level, evidence=evidence)
    operations.reviews.save_text(actor, of, text=f"Words of {side.value}")
    return save(of)


def self_in(of: Review | None = None, **given: Any) -> Review:
    """The self-assessment is handed in."""
    of = written(of or review(), Side.SELF, **given)
    REVIEWS.perform(of.user, of, "hand_in_self")
    return save(of)


def supervisor_in(of: Review | None = None, **given: Any) -> Review:
    """Both parts are handed in."""
    of = written(self_in(of), Side.SUPERVISOR, **given)
    REVIEWS.perform(of.supervisor, of, "hand_in_supervisor")
    return save(of)


def draft_kept() -> ReviewDraft:
    """What a supervisor had written in a review that HR has handed over."""
    of = written(self_in(), Side.SUPERVISOR)
    before = of.supervisor
    hr, successor = accounts.user(Role.HR), accounts.user(Role.SUPERVISOR)
    operations.handing_over.hand_over(hr, of, supervisor=successor)
    db.session.commit()
    return queries.drafts.by(before)[0]


def item(of: Review | User, **given: Any) -> DevelopmentItem:
    """A next step, of a review in its meeting or of a person."""
    actor = of.supervisor if isinstance(of, Review) else of
    return save(operations.development.add_item(actor, of, **step(**given)))


def step(**given: Any) -> dict[str, Any]:
    """What a next step consists of."""
    defaults: dict[str, Any] = {
        "aim": "Read balance sheets",
        "measure": "Two analyses hold",
        "action": DevelopmentAction.COURSE,
        "competency_id": None,
        "due_on": clock.today() + timedelta(days=90),
    }
    return defaults | given


def met(of: Review | None = None) -> Review:
    """The meeting is recorded."""
    of = supervisor_in(of)
    item(of)
    REVIEWS.perform(
        of.supervisor, of, "record_meeting", met_on=clock.today(), meeting_notes="We saw it alike."
    )
    return save(of)


def signed(of: Review | None = None, first: str = "user") -> Review:
    """Both have signed; `first` is who began: "user" or "supervisor"."""
    return signed_by_both(met(of), first)


def signed_by_both(of: Review, first: str = "user") -> Review:
    """A review whose meeting is recorded, signed by both."""
    sides = [of.user, of.supervisor]
    for person, name in zip(sides if first == "user" else sides[::-1], ("sign", "countersign"), strict=True):
        REVIEWS.perform(person, of, name)
    return save(of)


def form(**given: Any) -> dict[str, Any]:
    """What the page of a goal sends."""
    raw = values() | {"kpi_id": "", "baseline": "0", "target": "60"} | given
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in raw.items()}


def names(moves: Sequence[Any]) -> set[str]:
    """The transitions that are offered, by name."""
    return {move.transition.name for move in moves}
