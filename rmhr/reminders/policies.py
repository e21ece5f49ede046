"""Who may look at Today, mail, scheduler and rules; who says when somebody is away."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.policies import ADMIN, COMPLIANCE, HR, STAFF, oneself, supervisor_of_the_person
from rmhr.core.policy import Rule, rule, the_system
from rmhr.models.accounts import User


@rule
def owner_of_the_thing(user: Any, due: Any) -> bool:
    """Whoever owes it."""
    return isinstance(user, User) and due.owner_id == user.id


@rule
def waits_for_the_thing(user: Any, awaited: Any) -> bool:
    """Whoever a colleague owes it to."""
    due = awaited.due
    return isinstance(user, User) and due.waits_id == user.id and due.owner_id != user.id


#: Everybody who works here has a Today page, with what is theirs.
SEE_TODAY = STAFF
#: Everybody chooses how they are reminded.
CHOOSE = STAFF
#: Mail and scheduler are for those who look after the system.
LOOK_AFTER = ADMIN
#: When who is reminded may be read by those who answer for it, too.
SEE_RULES = ADMIN | HR | COMPLIANCE
#: Mail that did not arrive is for those who know the people, too.
UNDELIVERED = HR | ADMIN
#: Who enters an absence of a person.
ABSENCE = oneself | supervisor_of_the_person | HR | the_system
#: The same, asked of an absence.
ITS_PERSON = Rule(ABSENCE.name, lambda user, absence: ABSENCE(user, absence.user))
#: What is mine I may put off, what I wait for I may ask for.
PUT_OFF = owner_of_the_thing
ASK = waits_for_the_thing
