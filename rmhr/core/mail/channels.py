"""Ways to reach somebody besides mail: each is told what was said, and keeps by itself what it has to deliver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rmhr.core import registry
from rmhr.models.system import Message

#: Pairs of a message and what it was written from.
Said = Sequence[tuple[Message, Any]]
#: Writes down what it has to deliver of these messages, in the same transaction; returns how many.
Channel = Callable[[Said], int]


def channel(take: Channel) -> Channel:
    """Register a way to reach people."""
    registry.CHANNELS.add(registry.name_of(take), take)
    return take


def tell(said: Said) -> int:
    """Hand these messages to every channel; returns how many deliveries they make of them."""
    return sum(take(said) for take in registry.CHANNELS.values())
