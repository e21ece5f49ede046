"""The secret address of a person's calendar: made, replaced, switched off."""

from __future__ import annotations

import secrets

from rmhr.accounts.policies import OWN
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.digests import digest
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.models.accounts import User
from rmhr.models.today import CalendarFeed
from rmhr.today import queries


@operation(allow=OWN, done=_("Calendar address made"))
def make_feed(_actor: Actor, user: User) -> str:
    """A new address; whatever was there before ends. Gives the secret: only its digest is kept."""
    secret = secrets.token_urlsafe(32)
    feed = queries.feed.feed(user)
    if feed is None:
        db.session.add(CalendarFeed(user=user, digest=digest(secret)))
    else:
        feed.digest, feed.updated_at = digest(secret), clock.now()
    return secret


@operation(allow=OWN, done=_("Calendar address switched off"))
def end_feed(_actor: Actor, user: User) -> None:
    """Delete the secret address, if there is one."""
    if feed := queries.feed.feed(user):
        db.session.delete(feed)
