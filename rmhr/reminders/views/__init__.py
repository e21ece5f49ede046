"""The pages of this stage: Today for everybody; mail and scheduler for administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.reminders import queries
from rmhr.reminders.views import mail, scheduler, things, today
from rmhr.reminders.views.blueprint import bp
from rmhr.web.nav import Area

__all__ = ["EXAMPLES", "NAV", "bp", "mail", "scheduler", "things", "today"]

NAV = [
    Area(
        label=_("Today"),
        endpoint="reminders.today",
        roles=tuple(Role),
        icon="sun",
        order=1,
        tab=True,
        count=today.waiting,
        belongs=("reminders.today",),
    ),
    Area(
        label=_("Mail"),
        endpoint="reminders.mail",
        roles=(Role.ADMIN,),
        icon="envelope",
        order=90,
        belongs=("reminders.mail", "reminders.message"),
    ),
    Area(
        label=_("Scheduler"),
        endpoint="reminders.scheduler",
        roles=(Role.ADMIN,),
        icon="clock-history",
        order=91,
        belongs=("reminders.scheduler",),
    ),
]


def _newest(calendar: bool = False) -> dict[str, Any] | None:
    found = queries.first_mail(calendar=calendar)
    return {"id": found} if found else None


#: What the picture tool opens.
EXAMPLES: dict[str, Callable[..., Any]] = {
    "reminders.message": lambda _viewer=None: _newest(),
    # Looked at in its frame on the page above; alone, nothing may run in it, not even what takes the picture.
    "reminders.message_html": lambda _viewer=None: [],
    "reminders.message_calendar": lambda _viewer=None: _newest(calendar=True),
}
