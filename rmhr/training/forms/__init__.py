"""What is asked in training, by what it is about."""

from rmhr.training.forms import assignments, courses, lessons

__all__ = ["assignments", "courses", "lessons"]
