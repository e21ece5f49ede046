"""The pages of this stage: the public career site, its feeds and settings; open jobs for colleagues."""

from __future__ import annotations

from rmhr.careers.views import feeds, jobs, public, settings
from rmhr.careers.views.blueprint import feeds as feed_pages
from rmhr.careers.views.blueprint import jobs as job_pages
from rmhr.careers.views.blueprint import public as public_pages
from rmhr.careers.views.blueprint import settings as settings_pages
from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.web.nav import Area, add_place

__all__ = ["NAV", "blueprints", "feeds", "jobs", "public", "settings"]

blueprints = [public_pages, feed_pages, job_pages, settings_pages]

NAV = [
    Area(
        label=_("Open jobs"),
        endpoint="jobs.index",
        roles=tuple(Role),
        seldom=tuple(Role),
        icon="briefcase",
        order=84,
        belongs=(
            "jobs",
            "referrals",
            "internal",
        ),
    ),
    Area(
        label=_("Career site"),
        endpoint="site.settings",
        roles=(Role.ADMIN,),
        seldom=(Role.ADMIN,),
        icon="globe",
        order=88,
        belongs=("site",),
    ),
]

add_place("site.settings", _("Career site"), _("Logo, colours, texts and links; from whom mails come"))
add_place(
    "careers.accessibility",
    _("Accessibility"),
    _("Help for people with disabilities, and how to report barriers"),
)
add_place("careers.imprint", _("Imprint"), _("Who is behind the career site"))
