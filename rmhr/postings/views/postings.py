"""Pages of colleagues about postings: the list, one posting, what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from rmhr.core.flow.workflow import Move
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, ngettext, speaking
from rmhr.core.i18n import language as spoken
from rmhr.models.postings import Posting, SectionKind
from rmhr.postings import checklist, lists, operations, policies, queries, stages
from rmhr.postings.operations import agreed
from rmhr.postings.queries import public
from rmhr.postings.views.blueprint import bp
from rmhr.postings.views.tabs import CLOSED
from rmhr.postings.workflow import POSTINGS
from rmhr.web.auth import me
from rmhr.web.exports import add_export
from rmhr.web.lists import add_list
from rmhr.web.tabs import Row, tabs_of
from rmhr.web.transitions import Question, add_transition_route

add_list(
    bp,
    lists.POSTINGS,
    "/",
    access=policies.SEE,
    template="postings/index.html",
    more=lambda _listing: {
        "may_create": policies.CREATE(me()),
        "siblings": tabs_of(Row.RECRUITING, me(), "postings.index"),
    },
)
add_export(bp, lists.POSTINGS, "/export", access=policies.SEE)


@bp.get("/<int:id>", access=policies.SEE)
def show(id: int) -> ResponseReturnValue:
    """One posting: its text, what is missing, what it is screened by, what happened."""
    return _page(queries.postings.get(me(), id, asked=True))


def _page(posting: Posting, *, refused: bool = False) -> str:
    recruits = policies.RECRUIT(me(), posting)
    wanted = request.args.get("text", "")
    text_language = wanted if wanted in LANGUAGES else spoken()
    with speaking(text_language):
        lead = public.parts(posting, (SectionKind.SUMMARY,))
        middle = public.parts(posting, public.MIDDLE)
        last = public.parts(posting, public.LAST)
        ourselves = public.parts(posting, public.OURSELVES)
    unready = posting.status in POSTINGS["submit"].sources
    gaps = checklist.gaps(posting) if unready else []
    history = audit.timeline(posting) if recruits else []
    count = queries.lists.counts(me(), [posting.id])[posting.id] if recruits else None
    return render_template(
        "postings/show.html",
        posting=posting,
        moves=_moves(posting, len(gaps)),
        gaps=gaps,
        coach=queries.findings.report(posting) if recruits and posting.status not in CLOSED else None,
        refused=refused,
        may_edit=policies.EDIT(me(), posting) and posting.status in operations.agreed.WRITTEN,
        unready=unready,
        recruits=recruits,
        path=stages.path(posting, history) if recruits else None,
        may_copy=policies.CREATE(me()),
        may_switch=policies.PUBLISH(me()) and posting.status in agreed.STANDS,
        may_keep_set=policies.KEEP_SETS(me()),
        count=count,
        siblings=tabs_of(
            Row.POSTING, me(), "postings.show", posting, {"applications.index": count.all} if count else None
        ),
        timeline=history,
        text_language=text_language,
        lead=lead,
        ourselves=ourselves,
        middle=middle,
        last=last,
        public=public,
        viewer=me(),
    )


def _moves(posting: Posting, missing: int) -> list[Move]:
    """What can be done now. What is missing is listed on the page, so the button only says how much."""
    why = ngettext("%(num)s thing is still missing.", "%(num)s things are still missing.", missing)
    moves = POSTINGS.moves(me(), posting)
    return [replace(move, blocked=why) if move.blocked and missing else move for move in moves]


def _unready(posting: Posting) -> ResponseReturnValue | None:
    """What is missing before it can be submitted, said on the posting's own page, each with the way to it."""
    if (
        policies.SUBMIT(me(), posting)
        and posting.status in POSTINGS["submit"].sources
        and checklist.gaps(posting)
    ):
        return _page(posting, refused=True), 409
    return None


def _reopened(posting: Posting, _name: str) -> dict[str, Any]:
    """A deadline that is still ahead is proposed again."""
    return {} if checklist.deadline(posting.closes_on) else {"closes_on": posting.closes_on}


add_transition_route(
    bp,
    POSTINGS,
    queries.postings.get,
    policies.SEE,
    about=lambda posting: posting.title,
    form_for=_reopened,
    questions={"submit": Question(instead=_unready)},
)
