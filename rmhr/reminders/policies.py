"""Who may read and change reminder rules; who says how they are reminded, and when somebody is away."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, COMPLIANCE, HR, STAFF, oneself, supervisor_of_the_person
from rmhr.core.policy import AccessRule, the_system

#: Everybody chooses how they are reminded.
CHOOSE = STAFF
#: Reminder rules are changed by those who look after the system.
CHANGE_REMINDER_RULES = ADMIN
#: When who is reminded may be read by those who answer for it, too.
SEE_REMINDER_RULES = ADMIN | HR | COMPLIANCE
#: Who enters an absence of a person.
ABSENCE = oneself | supervisor_of_the_person | HR | the_system
#: The same, asked of an absence.
ITS_PERSON = AccessRule(ABSENCE.name, lambda user, absence: ABSENCE(user, absence.user))
