"""Who may look at Today, mail, scheduler and rules; who says when somebody is away."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, COMPLIANCE, HR, STAFF, oneself, supervisor_of_the_person
from rmhr.core.policy import Rule, the_system

#: Everybody chooses how they are reminded.
CHOOSE = STAFF
#: Rules are changed by those who look after the system.
CHANGE_RULES = ADMIN
#: When who is reminded may be read by those who answer for it, too.
SEE_RULES = ADMIN | HR | COMPLIANCE
#: Who enters an absence of a person.
ABSENCE = oneself | supervisor_of_the_person | HR | the_system
#: The same, asked of an absence.
ITS_PERSON = Rule(ABSENCE.name, lambda user, absence: ABSENCE(user, absence.user))
