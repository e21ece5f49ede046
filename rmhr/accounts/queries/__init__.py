"""Every read about people: who there is, where they work, how they get in, what is found, what was mailed."""

from rmhr.accounts.queries import (
    access,
    choices,
    confidential,
    employment,
    findable,
    form_drafts,
    inbox,
    people,
    roles,
    search,
    units,
)

__all__ = [
    "access",
    "choices",
    "confidential",
    "employment",
    "findable",
    "form_drafts",
    "inbox",
    "people",
    "roles",
    "search",
    "units",
]
