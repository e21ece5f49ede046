"""The pages of this stage: requisitions, postings, the public career site."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.postings.views import (
    audience,
    careers,
    coach,
    editing,
    feeds,
    postings,
    site,
    sources,
    teams,
    versions,
)
from rmhr.postings.views import headcount as headcount_pages
from rmhr.postings.views import jobs as job_pages
from rmhr.postings.views import question_sets as question_set_pages
from rmhr.postings.views import referrals as referral_pages
from rmhr.postings.views import requisitions as requisition_pages
from rmhr.postings.views.blueprint import bp, feed, headcount, jobs, question_sets, referrals, requisitions
from rmhr.postings.views.blueprint import careers as career_pages
from rmhr.postings.views.blueprint import site as site_pages
from rmhr.web.nav import Area

__all__ = [
    "NAV",
    "audience",
    "blueprints",
    "careers",
    "coach",
    "editing",
    "feeds",
    "headcount_pages",
    "job_pages",
    "postings",
    "question_set_pages",
    "referral_pages",
    "requisition_pages",
    "site",
    "sources",
    "teams",
    "versions",
]

blueprints = [
    bp,
    headcount,
    requisitions,
    question_sets,
    jobs,
    referrals,
    career_pages,
    feed,
    site_pages,
]

NAV = [
    Area(
        label=_("Postings"),
        endpoint="postings.index",
        roles=(Role.HR, Role.SUPERVISOR, Role.INTERVIEWER),
        icon="megaphone",
        order=20,
        belongs=("postings", "requisitions", "headcount", "question_sets"),
    ),
    Area(
        label=_("Open jobs"),
        endpoint="jobs.index",
        roles=tuple(Role),
        icon="briefcase",
        order=84,
        belongs=("jobs", "referrals", "internal"),
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
