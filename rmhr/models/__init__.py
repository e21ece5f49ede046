"""Every table of the product, a file per stage. `import rmhr.models` knows them all."""

from rmhr.models import (
    accounts,
    applications,
    competencies,
    documents,
    interviews,
    offers,
    onboarding,
    performance,
    postings,
    reminders,
    shadowing,
    system,
    training,
)

__all__ = [
    "accounts",
    "applications",
    "competencies",
    "documents",
    "interviews",
    "offers",
    "onboarding",
    "performance",
    "postings",
    "reminders",
    "shadowing",
    "system",
    "training",
]
