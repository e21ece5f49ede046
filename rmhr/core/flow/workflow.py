"""Transitions: one row declares a status change and everything about it. The only code that assigns a status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.enums import LabelEnum
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import NextStep
from rmhr.core.flow.seen import require_seen
from rmhr.core.history import audit
from rmhr.core.i18n import gettext
from rmhr.core.mail import outbox
from rmhr.core.mail.outbox import Notice, Said
from rmhr.core.policy import AccessRule


def _never(_subject: Any) -> None:
    return None


def _nothing(_actor: Any, _subject: Any, **_data: Any) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A status change: who may, when not, what it asks, what it sets, who is told."""

    name: str  # the verb: URL segment and action in the history
    sources: tuple[LabelEnum, ...]
    target: LabelEnum
    remembers: str = ""  # the column that keeps where it was, so that a way back leads there
    returns: str = ""  # the column that says where it goes back to; `target` where that is empty
    label: Any  # the button; "…" at the end where a question follows
    done: Any  # the flash message and the line in the history
    allow: AccessRule  # who may
    guard: Callable[[Any], Any] = _never  # why not now, or None
    form: type[Any] | None = None  # what it asks for; None: a single click
    confirm: Any = None  # what will happen, where that cannot be undone: asked before it is done
    apply: Callable[..., None] = _nothing  # fields besides the status
    notify: tuple[Notice, ...] = ()
    tone: str = "quiet"  # primary, quiet or danger

    @property
    def asks(self) -> bool:
        """Whether its button leads to a page first, which asks for something or for a confirmation."""
        return self.form is not None or self.confirm is not None


@dataclass(frozen=True)
class Move:
    """A transition offered to a person on a thing: a button, greyed out with a reason if blocked."""

    transition: Transition
    blocked: Any  # why not now, or None


class Workflow:
    """All transitions of one kind of thing. Raises ValueError at import where a status cannot be reached."""

    def __init__(
        self,
        name: str,
        initial: LabelEnum,
        transitions: list[Transition],
        next_steps: Mapping[LabelEnum, NextStep] | None = None,
    ):
        self.name = name
        #: What follows from each status that is not final.
        self.next_steps = dict(next_steps or {})
        self.initial = initial
        self.transitions = {t.name: t for t in transitions}
        self._after: dict[str, list[tuple[int, Callable[[Any, Any], Any]]]] = defaultdict(list)
        self._check(transitions)
        registry.FLOWS.add(name, self)
        for t in transitions:
            registry.SENTENCES.add(f"{name}.{t.name}", t.done)

    def __getitem__(self, name: str) -> Transition:
        return self.transitions[name]

    def moves(self, actor: Any, subject: Any, but: Collection[str] = ()) -> list[Move]:
        """What this person may do to this thing in its present status; `but`: what the page does not offer."""
        return [
            Move(t, t.guard(subject))
            for t in self.transitions.values()
            if t.name not in but and subject.status in t.sources and t.allow(actor, subject)
        ]

    def admit(self, actor: Any, subject: Any, name: str, seen: str | None = None) -> Transition:
        """Raise NotAllowed, Stale or NotPossible unless this is `actor`'s to do in the present status.

        What else may be in the way (the guard) is not looked at: a page can say it beside what is asked.
        """
        t = self[name]
        t.allow.require(actor, subject)
        require_seen(subject, seen)
        if subject.status not in t.sources:
            raise NotPossible(
                gettext("This cannot be done while the status is “%(status)s”.", status=subject.status.label)
            )
        return t

    def check(self, actor: Any, subject: Any, name: str, seen: str | None = None) -> Transition:
        """Raise NotAllowed, Stale or NotPossible unless `actor` may do this to `subject` now."""
        t = self.admit(actor, subject, name, seen)
        if why_not := t.guard(subject):
            raise NotPossible(str(why_not))
        return t

    def perform(
        self, actor: Any, subject: Any, name: str, *, seen: str | None = None, note: str = "", **data: Any
    ) -> Any:
        """Do it: status, fields, history, mail and what other stages hang on it, all or nothing."""
        t = self.check(actor, subject, name, seen)
        with audit.acting(actor, f"{self.name}.{name}", note):
            before, back = subject.status, getattr(subject, t.returns) if t.returns else None
            # Whatever is read meanwhile must not write the status without what it implies.
            with db.session.no_autoflush:
                subject.status = back or t.target
                if t.remembers:
                    setattr(subject, t.remembers, before)
                if hasattr(subject, "status_since"):
                    subject.status_since = clock.now()
                t.apply(actor, subject, **data)
            for notice in t.notify:
                outbox.queue(notice, subject, note=note)
            for _order, reaction in self._after[name]:
                reaction(actor, subject)
        return subject

    def rehearse(self, actor: Any, subject: Any, name: str, **data: Any) -> list[Said]:
        """Return what would be said to whom if this were done. Nothing of it stays.

        Raises whatever `perform` would raise.
        """
        with outbox.rehearsal() as said:
            self.perform(actor, subject, name, **data)
        return said

    def after(self, name: str, *, order: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Let a stage further on react, in the same transaction; if it fails, the move did not happen.

        Reactions run by `order`; a reaction that needs what another one makes has the greater number.
        """

        def register(reaction: Callable[..., Any]) -> Callable[..., Any]:
            reactions = self._after[self[name].name]
            reactions.append((order, reaction))
            reactions.sort(key=lambda each: each[0])
            return reaction

        return register

    @property
    def final(self) -> set[LabelEnum]:
        """The statuses from which no way leads on."""
        left = {source for t in self.transitions.values() for source in t.sources}
        return set(type(self.initial)) - left

    def reactions(self, name: str) -> list[str]:
        """What hangs on a transition, by name: for the generated documentation."""
        return [f"{r.__module__.split('.')[1]}.{r.__name__}" for _order, r in self._after[name]]

    def _check(self, transitions: list[Transition]) -> None:
        if len(self.transitions) != len(transitions):
            raise ValueError(f"{self.name}: two transitions share a name")
        reached, todo = {self.initial}, [self.initial]
        while todo:
            status = todo.pop()
            fresh = {t.target for t in transitions if status in t.sources} - reached
            reached |= fresh
            todo += fresh
        if unreachable := set(type(self.initial)) - reached:
            raise ValueError(f"{self.name}: no way to reach {sorted(unreachable)}")
