"""The lives of a goal, a review and a next step."""

from rmhr.performance.workflow.goals import GOALS
from rmhr.performance.workflow.items import ITEMS
from rmhr.performance.workflow.reviews import REVIEWS

__all__ = ["GOALS", "ITEMS", "REVIEWS"]
