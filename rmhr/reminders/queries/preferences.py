"""How a person wants to be reminded, and of which kinds of things they are at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.due import sources as due
from rmhr.core.due.kinds import KINDS
from rmhr.core.mail.news import News
from rmhr.models.accounts import User
from rmhr.models.reminders import Reminder, ReminderPreference
from rmhr.models.system import Webhook
from rmhr.reminders import recipients


def preference(user: User) -> ReminderPreference | None:
    """What this person has chosen; None where nothing was."""
    return db.session.scalar(sa.select(ReminderPreference).where(ReminderPreference.user_id == user.id))


def has_chat() -> bool:
    """Whether the bank's messages go to a chat as well."""
    return db.session.scalar(sa.select(Webhook.id).where(Webhook.active).limit(1)) is not None


def daily_hour(user: User) -> int:
    """Returns the hour at which this person's one mail of the day comes, or would come, on their wall clock."""
    wish = preference(user)
    return wish.hour if wish else recipients.OPENS


@dataclass(frozen=True)
class Group:
    """The kinds of due things and of news of one stage."""

    label: str
    sources: list[due.Source | News]


def kinds_for(user: User) -> tuple[list[Group], list[Group]]:
    """All kinds of due things and of news by stage: those that concern this person, and the others. Two queries.

    A kind concerns whoever owes such a thing, was told of one before, or may do it for others by their role; news
    concern whoever has a role that is told of them.
    """
    concerned = _owed(user) | _told(user)
    concerned |= {name for name, each in registry.SOURCES.items() if each.shared and user.has(each.shared)}
    concerned |= {name for name, each in registry.NEWS.items() if user.has(*each.concerns)}
    kinds: list[due.Source | News] = [*registry.SOURCES.values(), *registry.NEWS.values()]
    mine = [each for each in kinds if each.name in concerned]
    return _groups(mine), _groups(each for each in kinds if each.name not in concerned)


def _owed(user: User) -> set[str]:
    query = due.everything(lambda row: [row.owner_id == user.id])
    return (
        set(db.session.scalars(sa.select(query.subquery().c.source).distinct()))
        if query is not None
        else set()
    )


def _told(user: User) -> set[str]:
    return set(
        db.session.scalars(sa.select(Reminder.source).where(Reminder.recipient_id == user.id).distinct())
    )


def _groups(sources: Iterable[due.Source | News]) -> list[Group]:
    by_stage: dict[str, list[due.Source | News]] = {}
    for each in sources:
        by_stage.setdefault(each.stage, []).append(each)
    order = list(KINDS)
    stages = sorted(by_stage, key=lambda stage: order.index(stage) if stage in order else len(order))
    return [Group(str(KINDS.get(stage, "")), by_stage[stage]) for stage in stages]
