"""Who looks after mail, webhooks and the scheduler."""

from __future__ import annotations

from rmhr.accounts.policies import ADMIN, HR

#: Mail and scheduler are for those who look after the system.
LOOK_AFTER = ADMIN
#: Mail that did not arrive is for those who know the people, too.
UNDELIVERED = HR | ADMIN
