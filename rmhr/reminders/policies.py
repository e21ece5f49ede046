"""Who may look at Today, at the mail and at the scheduler; who says when somebody is away."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, HR, STAFF, oneself, supervisor_of_the_person
from rmhr.core.policy import Rule, the_system

#: Everybody who works here has a Today page, with what is theirs.
SEE_TODAY = STAFF
#: Everybody chooses how they are reminded.
CHOOSE = STAFF
#: Mail and scheduler are for those who look after the system.
LOOK_AFTER = ADMIN
#: Mail that did not arrive is for those who know the people, too.
UNDELIVERED = HR | ADMIN
#: Who enters an absence of a person.
ABSENCE = oneself | supervisor_of_the_person | HR | the_system
#: The same, asked of an absence.
ITS_PERSON = Rule(ABSENCE.name, lambda user, absence: ABSENCE(user, absence.user))
