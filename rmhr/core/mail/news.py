"""What has happened and nobody has to answer, told to colleagues as they wish: several things at once in one message.

A message of this kind waits a little before it is mailed, or until its reader wants their mail. What else happens in
the meantime joins it: as long as it is neither read nor sent, a newer one that tells of all takes its place.
Whoever knows what people wish comes after the stages that have something to tell, and registers here (`Wishes`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.mail import outbox
from rmhr.core.mail.outbox import Notice
from rmhr.core.policy import Actor
from rmhr.models.accounts import Role, User
from rmhr.models.system import Message, MessageStatus

#: So long a message stays open for what happens meanwhile, where it has no mail that waits.
JOINED_WITHIN = timedelta(days=1)
#: A message names so many things, and says how many more there are.
MOST_NAMED = 20


@dataclass(frozen=True, kw_only=True)
class News(Notice):
    """A notice of what has happened. `to` is asked about one thing; subject, context and template are given a list."""

    label: str  # N_("…"): what it is called where one chooses what is mailed
    concerns: tuple[Role, ...]  # whom it can be told
    #: (reader, thing): the things of which this person is told, from that one on, the oldest first
    since: Callable[[User, Any], Sequence[Any]]
    must: str = ""  # everybody may do without the mail

    def __post_init__(self) -> None:
        super().__post_init__()
        registry.NEWS.add(self.name, self)

    @property
    def stage(self) -> str:
        """Whose it is."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Wish:
    """How somebody wants to hear of news of one kind."""

    mailed: bool  # otherwise it stands in the inbox only
    at: datetime  # not mailed before
    unsubscribe: str  # where one click ends mail of this kind


class Wishes(Protocol):
    """Whoever keeps what people wish."""

    def wish(self, reader: User, news: News) -> Wish:
        """How this person wants to hear of this kind of news that is there now."""


#: There is one who knows, and this is its name.
_CHOSEN = "chosen"


def register(wishes: Wishes) -> Wishes:
    """Make this the one that knows. Raises ValueError where there is one already."""
    return registry.WISHES.add(_CHOSEN, wishes)


def tell(news: News, thing: Any, actor: Actor) -> list[Message]:
    """Tell everybody whom it concerns, inside the operation that brings it about; never whoever did it themselves."""
    db.session.flush()
    colleagues = [each for each in news.to(thing) if isinstance(each, User) and each.is_active]
    told = {each.id: each for each in colleagues if each != actor}
    # In one order: two who tell the same people at once wait for each other, and not both for ever.
    return [_tell(news, thing, told[id]) for id in sorted(told)]


def _tell(news: News, thing: Any, reader: User) -> Message:
    wish = registry.WISHES[_CHOSEN].wish(reader, news)
    before = db.session.scalars(_open(news, reader)).first()
    first = db.session.get(type(thing), before.subject_id) if before is not None else None
    things = (list(news.since(reader, first)) if first is not None else []) or [thing]
    message = outbox.compose(
        news, Things(things), reader, mailed=wish.mailed, unsubscribe=wish.unsubscribe if wish.mailed else ""
    )
    message.subject_type, message.subject_id = thing.__tablename__, things[0].id
    message.next_attempt_at = wish.at
    if before is not None and first is not None:
        if before.state is MessageStatus.WAITING:
            message.next_attempt_at = min(before.next_attempt_at, wish.at)
        db.session.delete(before)
    return message


def _open(news: News, reader: User) -> sa.Select[Message]:
    """The last message of this kind, where it is neither read nor sent nor tried."""
    waits = sa.and_(Message.state == MessageStatus.WAITING, Message.attempts == 0)
    stands = sa.and_(
        Message.state.in_((MessageStatus.INBOX, MessageStatus.KEPT)),
        Message.created_at > clock.now() - JOINED_WITHIN,
    )
    return (
        sa.select(Message)
        .where(
            Message.user_id == reader.id,
            Message.kind == news.name,
            Message.read_at.is_(None),
            sa.or_(waits, stands),
        )
        .order_by(Message.id.desc())
        .limit(1)
        .with_for_update()
    )


def headline(things: Sequence[Any], one: str, several: str) -> str:
    """The subject of a message: words for one thing, or for several."""
    return one if len(things) == 1 else several


class Things(list[Any]):
    """What a message tells of, the oldest first."""

    @property
    def named(self) -> list[Any]:
        """Those that it names, the newest first."""
        return self[: -MOST_NAMED - 1 : -1]

    @property
    def more(self) -> int:
        """How many it does not name."""
        return len(self) - len(self.named)
