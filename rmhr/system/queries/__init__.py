"""Every read about mail, the history, webhooks, jobs and who keeps time."""

from rmhr.system.queries import history, jobs, mail, schedulers, undelivered, webhooks

__all__ = ["history", "jobs", "mail", "schedulers", "undelivered", "webhooks"]
