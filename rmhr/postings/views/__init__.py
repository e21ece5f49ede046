"""The pages of this stage: requisitions, postings, the public career site."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.postings.views import careers, feeds, postings, site
from rmhr.postings.views import requisitions as requisition_pages
from rmhr.postings.views.blueprint import bp, feed, requisitions
from rmhr.postings.views.blueprint import careers as career_pages
from rmhr.postings.views.blueprint import site as site_pages
from rmhr.web.nav import Area

__all__ = ["NAV", "blueprints", "careers", "feeds", "postings", "requisition_pages", "site"]

blueprints = [bp, requisitions, career_pages, feed, site_pages]

NAV = [
    Area(
        label=_("Postings"),
        endpoint="postings.index",
        roles=(Role.HR, Role.SUPERVISOR),
        icon="megaphone",
        order=20,
        belongs=("postings", "requisitions"),
    ),
    Area(
        label=_("Career site"),
        endpoint="site.settings",
        roles=(Role.ADMIN,),
        icon="globe",
        order=88,
        belongs=("site",),
    ),
]
