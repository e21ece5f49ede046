"""Being away: from when until when, and who stands in. Deputy and supervisor are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from rmhr.accounts.operations import employment
from rmhr.accounts.queries.people import by_id
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.policy import Actor
from rmhr.core.words import day_text
from rmhr.law import deadlines
from rmhr.models.accounts import User
from rmhr.models.reminders import Absence
from rmhr.reminders import notifications, policies, queries


@operation(allow=policies.ABSENCE, done=_("Absence entered"))
def enter_absence(
    actor: Actor,
    user: User,
    *,
    starts_on: date,
    ends_on: date,
    deputy_id: int | None,
    successors: Mapping[str, int | None] | None = None,
) -> Absence:
    """Somebody is away on these days, both included. Raises NotPossible, with the reason in words.

    A long absence is an event of the employment: on its first day what hangs on the person goes to `successors`.
    """
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
    if _is_long(absence):
        employment.be_absent(actor, user, starts_on=starts_on, ends_on=ends_on, successors=successors)
    return absence


def _is_long(absence: Absence) -> bool:
    return absence.ends_on >= deadlines.LONG_ABSENCE.after(absence.starts_on)


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
    if _is_long(absence):
        planned = absence.ends_on + timedelta(days=1)
        employment.return_from_absence(actor, absence.user, on=clock.today(), planned=planned)
    absence.ends_on = clock.today() - timedelta(days=1)
    _tell(notifications.ABSENCE_OVER, actor, absence)


@operation(allow=policies.ITS_PERSON, done=_("Absence deleted"))
def delete_absence(actor: Actor, absence: Absence) -> None:
    """The person is there after all. What has begun before today is ended instead, what is over stays.

    Raises NotPossible for what has begun.
    """
    if absence.starts_on < clock.today():
        raise NotPossible(gettext("An absence that has begun is ended, not deleted."))
    if _is_long(absence):
        planned = absence.ends_on + timedelta(days=1)
        employment.return_from_absence(actor, absence.user, on=clock.today(), planned=planned)
    _tell(notifications.ABSENCE_OVER, actor, absence)
    db.session.delete(absence)


def _tell(notice: outbox.Notice, actor: Actor, absence: Absence) -> None:
    """Everybody whom it concerns, but whoever did it."""
    for recipient in notice.to(absence):
        if recipient is not actor:
            outbox.compose(notice, absence, recipient)
