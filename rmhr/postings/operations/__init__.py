"""Every write about requisitions and postings that is no change of status."""

from rmhr.postings.operations import (
    addresses,
    agreed,
    audience,
    copies,
    findings,
    places,
    postings,
    question_sets,
    team,
    versions,
)

__all__ = [
    "addresses",
    "agreed",
    "audience",
    "copies",
    "findings",
    "places",
    "postings",
    "question_sets",
    "team",
    "versions",
]
