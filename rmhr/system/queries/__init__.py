"""Every read about mail, the history, webhooks, jobs and who keeps time."""

from rmhr.system.queries import findable, history, jobs, mail, schedulers, undelivered, webhooks

__all__ = ["findable", "history", "jobs", "mail", "schedulers", "undelivered", "webhooks"]
