"""The pages of this stage: the history, mail, webhooks, the scheduler and its jobs."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.system.views import history, mail, panels, scheduler, undelivered, webhooks
from rmhr.system.views.blueprint import history as history_pages
from rmhr.system.views.blueprint import mail as mail_pages
from rmhr.system.views.blueprint import scheduler as scheduler_pages
from rmhr.system.views.blueprint import webhooks as webhook_pages
from rmhr.web.nav import Area, add_place

__all__ = ["NAV", "blueprints", "history", "mail", "panels", "scheduler", "undelivered", "webhooks"]

blueprints = [history_pages, mail_pages, scheduler_pages, webhook_pages]

NAV = [
    Area(
        label=_("History"),
        endpoint="history.index",
        roles=(Role.COMPLIANCE, Role.ADMIN),
        seldom=(Role.ADMIN,),
        icon="journal-text",
        order=89,
        belongs=("history",),
    ),
    Area(
        label=_("Mail"),
        endpoint="mail.index",
        roles=(Role.ADMIN,),
        icon="envelope",
        order=90,
        belongs=("mail",),
    ),
    Area(
        label=_("Scheduler"),
        endpoint="scheduler.index",
        roles=(Role.ADMIN,),
        icon="clock-history",
        order=91,
        belongs=("scheduler",),
    ),
    Area(
        label=_("Webhooks"),
        endpoint="webhooks.index",
        roles=(Role.ADMIN,),
        seldom=(Role.ADMIN,),
        icon="broadcast",
        order=92,
        belongs=("webhooks",),
    ),
]

add_place("webhooks.hosts", _("Internal hosts"), _("Which hosts in the internal network webhooks may call"))
