"""The pages of this stage: the editor of postings, their coach, versions, teams; question sets."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.postings.views import audience, coach, editing, postings, question_sets, tabs, teams, versions
from rmhr.postings.views.blueprint import bp
from rmhr.postings.views.blueprint import question_sets as question_set_pages
from rmhr.web.nav import Area

__all__ = [
    "NAV",
    "audience",
    "blueprints",
    "coach",
    "editing",
    "postings",
    "question_sets",
    "tabs",
    "teams",
    "versions",
]

blueprints = [bp, question_set_pages]

NAV = [
    Area(
        label=_("Postings"),
        endpoint="postings.index",
        roles=(Role.HR, Role.SUPERVISOR, Role.INTERVIEWER),
        seldom=(Role.SUPERVISOR, Role.INTERVIEWER),
        icon="megaphone",
        order=20,
        belongs=(
            "postings",
            "requisitions",
            "headcount",
            "question_sets",
            "share_links",
        ),
    ),
]
