"""Who may look at Today, mail, scheduler and rules; who says when somebody is away."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, COMPLIANCE, HR, STAFF, oneself, supervisor_of_the_person
from rmhr.core.policy import Rule, the_system

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
