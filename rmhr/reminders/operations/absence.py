"""Being away: from when until when, and who stands in. Deputy and supervisor are told."""

from __future__ import annotations

from datetime import date, timedelta

from rmhr.accounts.queries.people import by_id
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.policy import Actor
from rmhr.core.words import day_text
from rmhr.models.accounts import User
from rmhr.models.reminders import Absence
from rmhr.reminders import notifications, policies, queries


@operation(allow=policies.ABSENCE, done=_("Absence entered"))
def enter_absence(
    actor: Actor, user: User, *, starts_on: date, ends_on: date, deputy_id: int | None
) -> Absence:
    """Somebody is away on these days, both included. Raises NotPossible, with the reason in words."""
    queries.absence.locked(user)
    _require_days(user, starts_on, ends_on)
    deputy = by_id(deputy_id) if deputy_id is not None else None
    if deputy_id is not None and (deputy is None or not deputy.is_active):
        raise NotPossible(gettext("Whoever stands in has to work here."))
    if deputy is not None and deputy.id == user.id:
        raise NotPossible(gettext("Nobody can stand in for themselves."))
    absence = Absence(user=user, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    db.session.add(absence)
    db.session.flush()
    _tell(notifications.ABSENCE, actor, absence)
    return absence


def _require_days(user: User, starts_on: date, ends_on: date) -> None:
    if not user.is_active:
        raise NotPossible(gettext("%(name)s does not work here any more.", name=user.name))
    if ends_on < starts_on:
        raise NotPossible(gettext("The last day cannot be before the first one."))
    if ends_on < clock.today():
        raise NotPossible(gettext("These days are over."))
    if other := queries.absence.overlapping(user, starts_on, ends_on):
        raise NotPossible(
            gettext(
                "There is an absence from %(first)s to %(last)s already. End or delete it first.",
                first=day_text(other.starts_on),
                last=day_text(other.ends_on),
            )
        )


@operation(allow=policies.ITS_PERSON, done=_("Back"))
def end_absence(actor: Actor, absence: Absence) -> None:
    """The person is back today, earlier than planned: yesterday was the last day. Raises NotPossible."""
    if not absence.starts_on < clock.today() <= absence.ends_on:
        raise NotPossible(gettext("Only an absence that began before today can be ended."))
    absence.ends_on = clock.today() - timedelta(days=1)
    _tell(notifications.ABSENCE_OVER, actor, absence)


@operation(allow=policies.ITS_PERSON, done=_("Absence deleted"))
def delete_absence(actor: Actor, absence: Absence) -> None:
    """The person is there after all. What has begun before today is ended instead, what is over stays.

    Raises NotPossible for what has begun.
    """
    if absence.starts_on < clock.today():
        raise NotPossible(gettext("An absence that has begun is ended, not deleted."))
    _tell(notifications.ABSENCE_OVER, actor, absence)
    db.session.delete(absence)


def _tell(notice: outbox.Notice, actor: Actor, absence: Absence) -> None:
    """Everybody whom it concerns, but whoever did it."""
    for recipient in notice.to(absence):
        if recipient is not actor:
            outbox.compose(notice, absence, recipient)
