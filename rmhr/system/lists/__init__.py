"""The lists of administrators and auditors: history, mail, and what was logged of webhooks and jobs."""

from rmhr.system.lists import history, logs, mail

__all__ = ["history", "logs", "mail"]
