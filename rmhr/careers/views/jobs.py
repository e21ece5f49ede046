"""Open jobs for colleagues: those of the career site, and those that are for colleagues alone."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.accounts import policies as account_policies
from rmhr.careers.views.blueprint import jobs as bp
from rmhr.core.i18n import _
from rmhr.models.accounts import RmLevel, RmType
from rmhr.models.postings import Audience, Posting, SectionKind
from rmhr.postings import queries
from rmhr.postings.queries import public
from rmhr.web.auth import me
from rmhr.web.tables import Filter, Listing

SIZE = 30


@bp.get("/", access=account_policies.STAFF)
def index() -> ResponseReturnValue:
    """What is open."""
    places = [(place, place) for place in queries.postings.places(*Audience)]
    listing = Listing(
        queries.postings.internal_list(),
        key=Posting.id,
        sorts=queries.lists.sorts_of_open_ones(),
        default="closes",
        search=queries.lists.search_columns(),
        filters=[
            Filter("type", _("All kinds"), Posting.rm_type, RmType),
            Filter("level", _("All levels"), Posting.level, RmLevel),
            Filter("place", _("All places"), Posting.place, places),
            Filter("for", _("For everybody"), Posting.audience, Audience),
        ],
        size=SIZE,
    )
    return render_template("careers/jobs/index.html", listing=listing, public=public, viewer=me())


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


def example(_viewer: Any = None) -> dict[str, Any] | None:
    """An open posting of the demo bank."""
    found = queries.postings.example_for_colleagues()
    return {"slug": found.slug} if found else None


EXAMPLES: dict[str, Any] = {"jobs.show": example}
