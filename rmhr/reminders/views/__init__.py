"""The pages of this stage: Today and one's choices for everybody; mail and scheduler for those who look after them."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.queries import by_email
from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.reminders import queries, unsubscribe
from rmhr.reminders.views import (
    absence,
    examples,
    feed,
    mail,
    panels,
    preferences,
    rule_change,
    rules,
    scheduler,
    simulator,
    things,
    today,
    undelivered,
    webhooks,
)
from rmhr.reminders.views.blueprint import bp
from rmhr.web.nav import Area

__all__ = [
    "EXAMPLES",
    "NAV",
    "absence",
    "bp",
    "feed",
    "mail",
    "panels",
    "preferences",
    "rule_change",
    "rules",
    "scheduler",
    "simulator",
    "things",
    "today",
    "undelivered",
    "webhooks",
]

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
        label=_("Reminders"),
        endpoint="reminders.rules",
        roles=(Role.ADMIN, Role.HR, Role.COMPLIANCE),
        icon="bell",
        order=89,
        belongs=(
            "reminders.rules",
            "reminders.rule",
            "reminders.change_rule",
            "reminders.try_rule",
            "reminders.put_in_force",
            "reminders.withdraw_rule",
            "reminders.stop_reminders",
            "reminders.go_on",
            "reminders.simulator",
        ),
    ),
    Area(
        label=_("Mail"),
        endpoint="reminders.mail",
        roles=(Role.ADMIN,),
        icon="envelope",
        order=90,
        belongs=("reminders.mail", "reminders.message", "reminders.undelivered"),
    ),
    Area(
        label=_("Scheduler"),
        endpoint="reminders.scheduler",
        roles=(Role.ADMIN,),
        icon="clock-history",
        order=91,
        belongs=("reminders.scheduler", "reminders.job", "reminders.pause_job"),
    ),
    Area(
        label=_("Webhooks"),
        endpoint="reminders.webhooks",
        roles=(Role.ADMIN,),
        icon="broadcast",
        order=92,
        belongs=(
            "reminders.webhooks",
            "reminders.add_webhook",
            "reminders.show_webhook",
            "reminders.edit_webhook",
            "reminders.rotate_secret",
            "reminders.delete_webhook",
        ),
    ),
]


def _newest(calendar: bool = False) -> dict[str, Any] | None:
    found = queries.first_mail(calendar=calendar)
    return {"id": found} if found else None


def _some_webhook(_viewer: Any = None) -> dict[str, Any] | None:
    found = queries.any_webhook()
    return {"id": found} if found else None


def _some_job(_viewer: Any = None) -> dict[str, Any]:
    return {"name": "audit.seal"}


def _absence(column: str, begun: bool = False) -> dict[str, Any] | None:
    found = queries.some_absence(begun)
    return {"id": getattr(found, column)} if found else None


def _signed(viewer: Any) -> dict[str, Any] | None:
    person = viewer or by_email("lena.brandt@bank.example")
    return {"token": unsubscribe.token(person, ["onboarding.own", "performance.item"])} if person else None


#: What the picture tool opens.
EXAMPLES: dict[str, Any] = {
    "reminders.message": lambda _viewer=None: _newest(),
    "reminders.message_html": "it is seen in its frame; alone nothing may run in it, not even what takes pictures",
    "reminders.message_calendar": lambda _viewer=None: _newest(calendar=True),
    "reminders.job": _some_job,
    "reminders.pause_job": _some_job,
    "reminders.show_webhook": _some_webhook,
    "reminders.edit_webhook": _some_webhook,
    "reminders.rotate_secret": _some_webhook,
    "reminders.delete_webhook": _some_webhook,
    **examples.EXAMPLES,
    "reminders.calendar": "a secret address is nobody's example",
    "reminders.unsubscribe": lambda viewer=None: _signed(viewer),
    "reminders.absence_of": lambda _viewer=None: _absence("user_id"),
    "reminders.end_absence": lambda _viewer=None: _absence("id", begun=True),
    "reminders.delete_absence": lambda _viewer=None: _absence("id"),
}
