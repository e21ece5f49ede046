"""The lives of a goal, a review and a next step."""

from rmhr.performance.workflow import goals, items, reviews

__all__ = ["goals", "items", "reviews"]
