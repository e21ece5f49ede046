"""Ways to reach somebody who is reminded: mail, calls of webhooks.

Each is handed what is said to whom, in the transaction in which it is said, and writes down what it has to deliver
after the commit (`delivery`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rmhr.core import registry
from rmhr.models.accounts import User
from rmhr.models.system import Message


@dataclass(frozen=True)
class Thing:
    """One of the things of which a message tells, in its reader's language."""

    what: str
    why: str
    when: str  # "Today", "3 days late"
    due_on: date
    url: str


@dataclass(frozen=True)
class Told:
    """What is said to one person: the message in their inbox, and where else they want it."""

    message: Message
    reader: User
    things: Callable[[], Sequence[Thing]]  # asked while the reader's language is spoken
    mail: bool = True
    chat: bool = False  # in the bank's chat, where there is one


#: Writes down what it has to deliver of what is said, in the same transaction; returns how many deliveries.
Channel = Callable[[Sequence[Told]], int]


def channel(take: Channel) -> Channel:
    """Registers a way to reach people."""
    registry.CHANNELS.add(registry.name_of(take), take)
    return take


def tell(said: Sequence[Told]) -> int:
    """Hands what is said to every channel; returns how many deliveries they make of it."""
    return sum(take(said) for take in registry.CHANNELS.values())
