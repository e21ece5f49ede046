"""What is asked about goals, in reviews and for next steps."""

from rmhr.performance.forms.development import ItemForm, ReasonForm
from rmhr.performance.forms.goals import CheckInForm, GoalForm
from rmhr.performance.forms.reviews import CommentForm, CycleForm, MeetingForm, RatingForm, TextForm

__all__ = [
    "CheckInForm",
    "CommentForm",
    "CycleForm",
    "GoalForm",
    "ItemForm",
    "MeetingForm",
    "RatingForm",
    "ReasonForm",
    "TextForm",
]
