"""Every read about applications: which there are, the list, who applied, why they are refused."""

from rmhr.applications.queries import (
    applicants,
    applications,
    disclosures,
    findable,
    lists,
    readings,
    reasons,
    search,
)

__all__ = ["applicants", "applications", "disclosures", "findable", "lists", "readings", "reasons", "search"]
