"""The pages of applications: list, record and screening for colleagues; form and status page for applicants."""

from __future__ import annotations

from rmhr.applications.views import applications, apply, disclosures, internal, status
from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.postings import policies as posting_policies
from rmhr.postings.workflow import brings_applicants
from rmhr.web.nav import Area, add_place
from rmhr.web.tabs import Row, add_tab

__all__ = ["NAV", "applications", "apply", "blueprints", "disclosures", "internal", "status"]

blueprints = [applications.bp, disclosures.bp, apply.bp, internal.bp, status.bp]
NAV = [
    Area(
        label=_("Applications"),
        endpoint="applications.index",
        roles=(Role.HR, Role.SUPERVISOR),
        icon="inbox",
        order=30,
    )
]
add_tab(
    Row.POSTING,
    _("Applications"),
    "applications.index",
    order=30,
    shown=lambda viewer, posting: posting_policies.RECRUIT(viewer, posting) and brings_applicants(posting),
    values=lambda posting: {"posting": posting.id},
)

add_place(
    "apply.privacy", _("Privacy notice for applicants"), _("What is kept of applications, why, and how long")
)
