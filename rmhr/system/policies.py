"""Who looks after mail, webhooks and the scheduler, and who reads the whole history."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, COMPLIANCE, HR

#: Mail and scheduler are for those who look after the system.
LOOK_AFTER = ADMIN
#: Everything that was ever done is for those who have to rely on it.
AUDIT = COMPLIANCE | ADMIN
#: Mail that did not arrive is for those who know the people, too.
UNDELIVERED = HR | ADMIN
