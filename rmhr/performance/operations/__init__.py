"""Every write about goals, reviews and next steps that is no change of status."""

from rmhr.performance.operations import development, goals, reviews

__all__ = ["development", "goals", "reviews"]
