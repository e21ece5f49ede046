"""What is asked about goals, in reviews and for next steps."""

from rmhr.performance.forms import development, goals, reviews

__all__ = ["development", "goals", "reviews"]
