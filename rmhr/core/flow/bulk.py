"""The same move or operation on many things: who is affected and who is not, and what became of each.

A stage declares what can be done to many of its things (a Bulk) beside its workflow, and its lists name that. Whoever
confirms a Bulk begins a BulkRun, which is worked off in pieces: every thing by an operation of its own, with its own
history and mail, and a refusal of one in the way of no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from rmhr.core import clock, registry
from rmhr.core.db import Base, db, deleted
from rmhr.core.errors import DomainError
from rmhr.core.flow.operation import Operation
from rmhr.core.flow.seen import seen_of
from rmhr.core.flow.workflow import Workflow
from rmhr.core.i18n import gettext
from rmhr.core.mail.outbox import Said
from rmhr.core.policy import AccessRule
from rmhr.models.accounts import User
from rmhr.models.system import BulkOutcome, BulkRow, BulkRun

#: So many things may be chosen at once, and so many are done in one piece: it ends, too, when PATIENCE (s) is over.
MOST, PIECE, PATIENCE = 500, 100, 5.0
#: Stands for the status of what nobody says to have looked at: no status is called so.
_NOT_SEEN = "not seen"


@dataclass(frozen=True, kw_only=True)
class Things:
    """Things of one kind, as a list shows them."""

    model: type[Base]  # whose ids the list ticks
    load: Callable[[Any, Sequence[int]], Iterable[Any]]  # those of these ids that this person may see
    called: Callable[[Any], object]  # what one calls it
    count: Callable[[int], str]  # "12 applications"
    index: str  # the endpoint of the list
    show: str  # the endpoint of one of them
    page: str  # the endpoint of the page that asks before it is done, for all Bulks of this kind

    def found(self, viewer: Any, ids: Sequence[int]) -> list[Any]:
        """Those that this person may see, in the order of `ids`."""
        by_id = {thing.id: thing for thing in self.load(viewer, ids)} if ids else {}
        return [by_id[id] for id in ids if id in by_id]


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """Something that can be done to many things at once. Raises ValueError where two share a name."""

    name: str  # "applications.reject"
    things: Things
    label: Any  # the button in the list
    verb: Callable[[int], str]  # "Reject 12 applications": the head and the button of the page that asks
    done: Callable[[int], str]  # "12 applications rejected"
    allow: AccessRule  # who may do it at all; whether to this thing, the transition or operation says
    form: type[Any] | None = None  # what is asked once, for all of them
    about: Any = None  # what happens, in a sentence, where the button does not say all
    tells: Any = None  # who outside is told something by it, in a sentence
    back: Bulk | None = None  # what takes it back, where something does
    tone: str = "quiet"

    def __post_init__(self) -> None:
        registry.BULKS.add(self.name, self)

    @property
    def verb_in_address(self) -> str:
        """Its last word: "reject"."""
        return self.name.rpartition(".")[2]

    def seen(self, thing: Any) -> str:
        """What must still be so when it is done."""
        return ""

    def refusals(self, actor: Any, things: Sequence[Any]) -> list[str | None]:
        """Why it cannot be done to each of these things now, in words; None where it can."""
        raise NotImplementedError

    def perform(self, actor: Any, thing: Any, seen: str, **given: Any) -> str:
        """Do it to one thing, all or nothing; what came of it beyond that, in words. Raises DomainError."""
        raise NotImplementedError

    def rehearse(self, actor: Any, thing: Any, **given: Any) -> list[Said]:
        """What would be said to whom. Nothing of it stays."""
        return []


@dataclass(frozen=True, kw_only=True)
class BulkMove(Bulk):
    """A transition on many things. What it does not say otherwise, it has from the transition."""

    flow: Workflow = field(repr=False)
    move: str
    name: str = ""
    label: Any = ""
    allow: AccessRule = field(default=None)  # type: ignore[assignment]
    tone: str = ""

    def __post_init__(self) -> None:
        transition = self.flow[self.move]
        usual = {
            "name": f"{self.flow.name}.{self.move}",
            "label": transition.label,
            "allow": transition.allow,
            "form": transition.form,
            "tone": transition.tone,
        }
        for name, value in usual.items():
            if not getattr(self, name):
                object.__setattr__(self, name, value)
        super().__post_init__()

    def seen(self, thing: Any) -> str:
        """The status and version on which the decision is made."""
        return seen_of(thing)

    def refusals(self, actor: Any, things: Sequence[Any]) -> list[str | None]:
        """What the workflow says: who may, which status, which guard."""
        return [self._refusal(actor, thing) for thing in things]

    def _refusal(self, actor: Any, thing: Any) -> str | None:
        try:
            self.flow.check(actor, thing, self.move)
        except DomainError as error:
            return str(error)
        return None

    def perform(self, actor: Any, thing: Any, seen: str, **given: Any) -> str:
        """Move it on."""
        self.flow.perform(actor, thing, self.move, seen=seen or _NOT_SEEN, **given)
        return ""

    def rehearse(self, actor: Any, thing: Any, **given: Any) -> list[Said]:
        """What the move would say."""
        return self.flow.rehearse(actor, thing, self.move, **given)


@dataclass(frozen=True, kw_only=True)
class BulkOperation(Bulk):
    """An operation on many things; it gives words about what came of it, or nothing."""

    operation: Operation[Any, ..., str]
    why_not: Callable[[Any, Sequence[Any]], list[str | None]]

    def refusals(self, actor: Any, things: Sequence[Any]) -> list[str | None]:
        """What its rule says, then what stands in the way."""
        not_allowed = gettext("You are not allowed to do this.")
        return [
            why_not if self.operation.allow(actor, thing) else not_allowed
            for thing, why_not in zip(things, self.why_not(actor, things), strict=True)
        ]

    def perform(self, actor: Any, thing: Any, seen: str, **given: Any) -> str:
        """Do it."""
        return self.operation(actor, thing, **given) or ""


def start(
    actor: User,
    bulk: Bulk,
    chosen: Mapping[int, str],
    *,
    key: str,
    given: Mapping[str, Any],
    undoes: BulkRun | None = None,
) -> tuple[BulkRun, bool]:
    """Keep what was confirmed: {id: as it was seen}. Gives the run, and whether it is a new one.

    The same page sent twice, and the same run taken back twice, is one run.
    """
    try:
        with db.session.begin_nested():
            run = BulkRun(
                user_id=actor.id,
                key=key,
                name=bulk.name,
                given=dict(given),
                undoes_id=undoes.id if undoes else None,
                rows=[BulkRow(subject_id=id, seen=seen) for id, seen in sorted(chosen.items())[:MOST]],
            )
            db.session.add(run)
        return run, True
    except IntegrityError:
        known = sa.select(BulkRun).where(
            BulkRun.user_id == actor.id,
            sa.or_(BulkRun.key == key, BulkRun.undoes_id == (undoes.id if undoes else 0)),
        )
        return db.session.scalars(known.limit(1)).one(), False


def forget(kept: timedelta) -> int:
    """Delete what was done longer ago than `kept`; how many runs."""
    return deleted(sa.delete(BulkRun).where(BulkRun.created_at < clock.now() - kept))


def run_of(actor: User, id: int) -> BulkRun | None:
    """One of this person's own runs."""
    return db.session.scalar(sa.select(BulkRun).where(BulkRun.id == id, BulkRun.user_id == actor.id))


def undone_by(run: BulkRun) -> BulkRun | None:
    """The run that takes this one back, if somebody did."""
    return db.session.scalar(sa.select(BulkRun).where(BulkRun.undoes_id == run.id))


def go_on(actor: User, run: BulkRun, given: Mapping[str, Any]) -> None:
    """Do the next piece of a run: PIECE things at the most. What cannot be done is said at its row.

    Whoever else works on the same things waits until the commit, or is told that they have changed.
    """
    bulk, began = registry.BULKS[run.name], monotonic()
    db.session.execute(sa.select(BulkRun.id).where(BulkRun.id == run.id).with_for_update())
    rows = _waiting(run)
    things = _locked(actor, bulk, [row.subject_id for row in rows])
    for row in rows:
        thing = things.get(row.subject_id)
        if thing is None:
            row.outcome, row.said = BulkOutcome.REFUSED, gettext("It no longer exists.")
        else:
            row.outcome, row.said = _become_of(actor, bulk, thing, row.seen, given)
        if monotonic() - began > PATIENCE:
            break
    db.session.flush()
    if not db.session.scalar(_still(run).limit(1)):
        run.given, run.finished_at = {}, clock.now()


def _still(run: BulkRun) -> sa.Select[Any]:
    return sa.select(BulkRow.id).where(BulkRow.run_id == run.id, BulkRow.outcome == BulkOutcome.WAITING)


def _waiting(run: BulkRun) -> Sequence[BulkRow]:
    query = sa.select(BulkRow).where(BulkRow.id.in_(_still(run))).order_by(BulkRow.subject_id).limit(PIECE)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _locked(actor: User, bulk: Bulk, ids: Sequence[int]) -> dict[int, Any]:
    """The things of these ids as they are now. All who do this take them in the same order, so none waits for ever."""
    key = bulk.things.model.id
    db.session.execute(sa.select(key).where(key.in_(ids)).order_by(key).with_for_update(key_share=True))
    for known in list(db.session.identity_map.values()):
        if isinstance(known, bulk.things.model):
            db.session.expire(known)
    return {thing.id: thing for thing in bulk.things.found(actor, ids)}


def _become_of(
    actor: User, bulk: Bulk, thing: Any, seen: str, given: Mapping[str, Any]
) -> tuple[BulkOutcome, str]:
    try:
        return BulkOutcome.DONE, bulk.perform(actor, thing, seen, **given)
    except DomainError as error:
        return BulkOutcome.REFUSED, str(error)
    except (StaleDataError, IntegrityError, OperationalError) as error:
        current_app.logger.warning("%s of %r was in somebody's way", bulk.name, thing, exc_info=error)
        return BulkOutcome.REFUSED, gettext("Somebody else has just changed this. Please look again.")
