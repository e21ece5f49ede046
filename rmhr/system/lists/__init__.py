"""The lists of administrators: mail, and what was logged of webhooks and jobs."""

from rmhr.system.lists import logs, mail

__all__ = ["logs", "mail"]
