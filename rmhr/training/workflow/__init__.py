"""The lives of training: of a duty and of an attempt, of a course and of its versions."""

from rmhr.training.workflow import assignments, courses

__all__ = ["assignments", "courses"]
