"""Every write about mail, webhooks and jobs."""

from rmhr.system.operations import jobs, mail, webhooks

__all__ = ["jobs", "mail", "webhooks"]
