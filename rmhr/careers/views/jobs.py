"""Open jobs for colleagues: those of the career site, and those that are for colleagues alone."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.accounts import policies as account_policies
from rmhr.careers import lists
from rmhr.careers.views.blueprint import jobs as bp
from rmhr.models.postings import Audience, SectionKind
from rmhr.postings import queries
from rmhr.postings.queries import public
from rmhr.web.auth import me
from rmhr.web.lists import add_list

add_list(bp, lists.INTERNAL, "/", access=account_policies.STAFF, template="careers/jobs/index.html")


@bp.get("/<slug>", access=account_policies.STAFF)
def show(slug: str) -> ResponseReturnValue:
    """One job, with the way to apply from inside."""
    posting = queries.postings.for_colleagues(slug)
    return render_template(
        "careers/jobs/show.html",
        posting=posting,
        public=public,
        lead=public.parts(posting, (SectionKind.SUMMARY,)),
        parts=[
            part
            for kinds in (public.OURSELVES, public.MIDDLE, public.LAST)
            for part in public.parts(posting, kinds)
        ],
        for_all=posting.audience is Audience.PUBLIC,
        viewer=me(),
    )
