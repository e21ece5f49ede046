"""Who may look at Today, at the mail, at the scheduler and at the rules."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, COMPLIANCE, HR, STAFF

#: Everybody who works here has a Today page, with what is theirs.
SEE_TODAY = STAFF
#: Mail and scheduler are for those who look after the system.
LOOK_AFTER = ADMIN
#: When who is reminded may be read by those who answer for it, too.
SEE_RULES = ADMIN | HR | COMPLIANCE
