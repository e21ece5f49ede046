"""Every write about mail, webhooks, jobs and the proof of the history."""

from rmhr.system.operations import history, jobs, mail, webhooks

__all__ = ["history", "jobs", "mail", "webhooks"]
