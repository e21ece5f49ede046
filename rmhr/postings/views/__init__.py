"""The pages of this stage: requisitions, postings, the public career site."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.postings.views import audience, careers, editing, postings, teams, versions
from rmhr.postings.views import requisitions as requisition_pages
from rmhr.postings.views.blueprint import bp, requisitions
from rmhr.web.nav import Area

__all__ = [
    "NAV",
    "audience",
    "blueprints",
    "careers",
    "editing",
    "postings",
    "requisition_pages",
    "teams",
    "versions",
]

blueprints = [bp, requisitions, careers.bp]

NAV = [
    Area(
        label=_("Postings"),
        endpoint="postings.index",
        roles=(Role.HR, Role.SUPERVISOR),
        icon="megaphone",
        order=20,
        belongs=("postings", "requisitions"),
    ),
]
