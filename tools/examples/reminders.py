"""What the picture tool opens of mail, webhooks, scheduler, absences."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.queries.people import by_email
from rmhr.reminders import queries, unsubscribe
from rmhr.system import queries as system_queries


def _newest(calendar: bool = False) -> dict[str, Any] | None:
    found = system_queries.mail.first_mail(calendar=calendar)
    return {"id": found} if found else None


def _some_webhook(_viewer: Any = None) -> dict[str, Any] | None:
    found = system_queries.webhooks.any_webhook()
    return {"id": found} if found else None


def _some_job(_viewer: Any = None) -> dict[str, Any]:
    return {"name": "audit.seal"}


def _absence(column: str, begun: bool = False) -> dict[str, Any] | None:
    found = queries.absence.some_absence(begun)
    return {"id": getattr(found, column)} if found else None


def _signed(viewer: Any) -> dict[str, Any] | None:
    person = viewer or by_email("lena.brandt@bank.example")
    return {"token": unsubscribe.token(person, ["onboarding.own", "performance.item"])} if person else None


#: What the picture tool opens.
EXAMPLES: dict[str, Any] = {
    "mail.show": lambda _viewer=None: _newest(),
    "mail.html": "it is seen in its frame; alone nothing may run in it, not even what takes pictures",
    "mail.calendar": lambda _viewer=None: _newest(calendar=True),
    "scheduler.show": _some_job,
    "scheduler.pause": _some_job,
    "webhooks.show": _some_webhook,
    "webhooks.edit": _some_webhook,
    "webhooks.rotate_secret": _some_webhook,
    "webhooks.delete": _some_webhook,
    "today.calendar": "a secret address is nobody's example",
    "reminders.unsubscribe": lambda viewer=None: _signed(viewer),
    "reminders.absence_of": lambda _viewer=None: _absence("user_id"),
    "reminders.end_absence": lambda _viewer=None: _absence("id", begun=True),
    "reminders.delete_absence": lambda _viewer=None: _absence("id"),
}
