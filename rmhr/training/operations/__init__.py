"""Every write of training that is no transition, by what it is about."""

from rmhr.training.operations import (
    assignments,
    certificates,
    courses,
    exams,
    lessons,
    questions,
    rounds,
    versions,
)

__all__ = [
    "assignments",
    "certificates",
    "courses",
    "exams",
    "lessons",
    "questions",
    "rounds",
    "versions",
]
