"""What is asked about goals, in reviews and for next steps."""

from rmhr.performance.forms import decimals, development, goals, reviews

__all__ = ["decimals", "development", "goals", "reviews"]
