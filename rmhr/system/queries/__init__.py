"""Every read about mail, webhooks, jobs and who keeps time."""

from rmhr.system.queries import jobs, mail, schedulers, undelivered, webhooks

__all__ = ["jobs", "mail", "schedulers", "undelivered", "webhooks"]
