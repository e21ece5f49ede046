"""Every read about requisitions and postings, each starting from what the reader may see."""

from rmhr.postings.queries import (
    findings,
    jobposting,
    lists,
    pieces,
    postings,
    profiles,
    public,
    question_sets,
    teams,
    versions,
)

__all__ = [
    "findings",
    "jobposting",
    "lists",
    "pieces",
    "postings",
    "profiles",
    "public",
    "question_sets",
    "teams",
    "versions",
]
