"""Who may look at Today, at the mail and at the scheduler."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, STAFF

#: Everybody who works here has a Today page, with what is theirs.
SEE_TODAY = STAFF
#: Mail and scheduler are for those who look after the system.
LOOK_AFTER = ADMIN
