"""Every write about goals, reviews and next steps that is no change of status."""

from rmhr.performance.operations import development, goals, handing_over, keeping, reviews

__all__ = ["development", "goals", "handing_over", "keeping", "reviews"]
