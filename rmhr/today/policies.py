"""Who sees Today, puts off what is theirs and asks for what they wait for."""

from __future__ import annotations

from rmhr.accounts.policies import STAFF
from rmhr.core.due.sources import Due
from rmhr.core.policy import access_rule
from rmhr.models.accounts import User
from rmhr.today.queries.awaited import Awaited


@access_rule
def owner_of_the_thing(user: object, due: Due) -> bool:
    """Whoever owes it."""
    return isinstance(user, User) and due.owner_id == user.id


@access_rule
def waits_for_the_thing(user: object, awaited: Awaited) -> bool:
    """Whoever a colleague owes it to."""
    due = awaited.due
    return isinstance(user, User) and due.waits_id == user.id and due.owner_id != user.id


#: Everybody who works here has a Today page, with what is theirs.
SEE_TODAY = STAFF
#: What is mine I may put off, what I wait for I may ask for.
PUT_OFF = owner_of_the_thing
ASK = waits_for_the_thing
