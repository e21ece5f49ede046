"""Every write about goals, reviews and next steps that is no change of status."""

from rmhr.performance.operations.development import add_item, change_item
from rmhr.performance.operations.goals import change_goal, check_in, set_goal
from rmhr.performance.operations.reviews import comment, hand_over, open_cycle, save_rating, save_text

__all__ = [
    "add_item",
    "change_goal",
    "change_item",
    "check_in",
    "comment",
    "hand_over",
    "open_cycle",
    "save_rating",
    "save_text",
    "set_goal",
]
