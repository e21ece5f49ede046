"""What is asked about goals, in reviews and for next steps."""

from rmhr.performance.forms.development import ItemForm, ReasonForm
from rmhr.performance.forms.goals import CheckInForm, GoalForm
from rmhr.performance.forms.reviews import (
    CommentForm,
    CycleForm,
    HandOverForm,
    MeetingForm,
    RatingForm,
    TextForm,
)

__all__ = [
    "CheckInForm",
    "CommentForm",
    "CycleForm",
    "GoalForm",
    "HandOverForm",
    "ItemForm",
    "MeetingForm",
    "RatingForm",
    "ReasonForm",
    "TextForm",
]
