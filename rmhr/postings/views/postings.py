"""Pages of colleagues about postings: the list, one posting, its beginning, its editor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.core import audit
from rmhr.core.i18n import LANGUAGES, _, gettext, ngettext, speaking
from rmhr.core.i18n import language as spoken
from rmhr.core.workflow import Move
from rmhr.models.accounts import RmType, Role, User
from rmhr.models.postings import Posting, PostingStatus, SectionKind
from rmhr.postings import (
    checklist,
    export,
    operations,
    policies,
    public,
    queries,
)
from rmhr.postings.editor import Editor
from rmhr.postings.forms.postings import NewForm
from rmhr.postings.views.area import parts
from rmhr.postings.views.blueprint import bp
from rmhr.postings.workflow import POSTINGS
from rmhr.web.auth import me
from rmhr.web.formats import day_text
from rmhr.web.forms import TransitionForm
from rmhr.web.sheets import send_csv, send_xlsx
from rmhr.web.tables import MOST, SIZE, Filter, Listing
from rmhr.web.transitions import add_transition_route

#: Where a posting can be written, and where nobody will write it any more.
WRITTEN = queries.findings.WRITTEN
CLOSED = (PostingStatus.CLOSED, PostingStatus.ARCHIVED)


def _listing(size: int = SIZE) -> Listing:
    return Listing(
        queries.visible_to(me()),
        key=Posting.id,
        sorts={
            "title": queries.title_column(),
            "closes": queries.deadline_column(),
            "opened": queries.opened_column(),
            "new": Posting.created_at,
        },
        default="-new",
        search=queries.search_columns(),
        filters=[
            Filter("status", _("All statuses"), Posting.status, PostingStatus),
            Filter("type", _("All kinds"), Posting.rm_type, RmType),
            Filter(
                "unit", _("All units"), Posting.unit_id, [(unit.id, unit.name) for unit in accounts.units()]
            ),
            Filter("owner", _("Everybody’s"), queries.owned_by(me()), [("me", _("Mine"))]),
        ],
        size=size,
    )


def _counts(postings: list[Any]) -> dict[int, queries.Counts]:
    """How many applied, for those postings whose applications this person may see."""
    return queries.counts(me(), [posting.id for posting in postings if policies.RECRUIT(me(), posting)])


@bp.get("/", access=policies.SEE)
def index() -> ResponseReturnValue:
    """All postings that this person may see."""
    listing = _listing()
    return render_template(
        "postings/index.html",
        listing=listing,
        counts=_counts(listing.rows),
        actions=_actions,
        may_create=policies.CREATE(me()),
        parts=parts(me(), "postings.index"),
    )


def _actions(posting: Posting) -> list[tuple[str, str, str]]:
    """What else can be done with a posting from the list."""
    person = me()
    found = []
    if policies.RECRUIT(person, posting):
        found.append((gettext("Applications"), url_for("applications.index", posting=posting.id), "inbox"))
    if policies.EDIT(person, posting) and posting.status in WRITTEN:
        found.append((gettext("Edit posting"), url_for(".edit", id=posting.id), "pencil"))
    if posting.is_public:
        found.append(
            (gettext("Public page"), url_for("careers.show", slug=posting.slug), "box-arrow-up-right")
        )
    return found


@bp.get("/export.csv", access=policies.SEE)
def as_csv() -> ResponseReturnValue:
    """The same list as a file for a spreadsheet."""
    postings = _listing(MOST).rows
    return send_csv(export.head(), export.rows(postings, _counts(postings)), f"{gettext('postings')}.csv")


@bp.get("/export.xlsx", access=policies.SEE)
def as_xlsx() -> ResponseReturnValue:
    """The same list as a workbook."""
    postings = _listing(MOST).rows
    return send_xlsx(export.head(), export.rows(postings, _counts(postings)), f"{gettext('postings')}.xlsx")


@bp.route("/new", methods=["GET", "POST"], access=policies.CREATE)
def new() -> ResponseReturnValue:
    """Begin a posting for an approved requisition; the rest comes from the starter text."""
    waiting, managers = queries.requisitions.to_advertise(), accounts.with_role(Role.SUPERVISOR)
    form = NewForm.from_request(requisition_id=request.args.get("requisition"))
    form.requisition_id.offer(waiting, said=_called)
    form.hiring_manager_id.offer(managers)
    if not form.ready():
        return render_template("postings/new.html", form=form, waiting=waiting), form.status
    requisition = _chosen(waiting, form.requisition_id.data)
    posting = operations.create(
        me(),
        queries.template_for(requisition.rm_type),
        requisition=requisition,
        hiring_manager=_chosen(managers, form.hiring_manager_id.data),
        bank_name=current_app.config["BANK_NAME"],
    )
    flash(str(operations.create.done), "good")
    return redirect(url_for(".edit", id=posting.id))


def _called(requisition: Any) -> str:
    """A requisition in one line: what, where, how many, until when."""
    return f"{requisition.rm_type.label}, {requisition.unit.name}, {day_text(requisition.needed_by)}"


def _chosen(rows: Any, id: int) -> Any:
    return next(row for row in rows if row.id == id)


@bp.get("/<int:id>", access=policies.SEE)
def show(id: int) -> ResponseReturnValue:
    """One posting: its text, what is missing, what it is screened by, what happened."""
    return _page(queries.get(me(), id))


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
    return render_template(
        "postings/show.html",
        posting=posting,
        moves=_moves(posting, len(gaps)),
        gaps=gaps,
        coach=queries.findings.report(posting) if recruits and posting.status not in CLOSED else None,
        refused=refused,
        may_edit=policies.EDIT(me(), posting) and posting.status in WRITTEN,
        unready=unready,
        recruits=recruits,
        may_keep_set=policies.KEEP_SETS(me()),
        count=queries.counts(me(), [posting.id])[posting.id] if recruits else None,
        timeline=audit.timeline(posting) if recruits else [],
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


@bp.post("/<int:id>/submit", access=policies.SEE)
def submit(id: int) -> ResponseReturnValue:
    """Submit for approval, or say on the posting's own page what is missing, each with the way to it."""
    posting = queries.get(me(), id)
    form = TransitionForm.from_request()
    ready = form.ready()
    if (
        policies.SUBMIT(me(), posting)
        and posting.status in POSTINGS["submit"].sources
        and checklist.gaps(posting)
    ):
        return _page(posting, refused=True), 409
    if not ready:
        return _page(posting), form.status
    POSTINGS.perform(me(), posting, "submit", seen=form.seen.data)
    flash(str(POSTINGS["submit"].done), "good")
    return redirect(url_for(".show", id=posting.id))


@bp.route("/<int:id>/edit", methods=["GET", "POST"], access=policies.SEE)
def edit(id: int) -> ResponseReturnValue:
    """The editor: both languages side by side, facts, criteria, questions."""
    posting = queries.get(me(), id, lock=request.method == "POST")
    policies.EDIT.require(me(), posting)
    operations.refuse_if_closed(posting)
    editor = Editor.for_posting(posting)
    if editor.added:
        return editor.page()
    if not editor.ready():
        return editor.page(), editor.form.status
    operations.revise(me(), posting, **editor.values())
    flash(str(operations.revise.done), "good")
    return redirect(url_for(".show", id=posting.id))


def _reopened(posting: Posting, _name: str) -> dict[str, Any]:
    """A deadline that is still ahead is proposed again."""
    return {} if checklist.deadline(posting.closes_on) else {"closes_on": posting.closes_on}


add_transition_route(
    bp, POSTINGS, queries.get, policies.SEE, about=lambda posting: posting.title, form_for=_reopened
)


def _example(status: PostingStatus) -> Callable[..., dict[str, Any] | None]:
    def find(_viewer: User | None = None) -> dict[str, Any] | None:
        found = queries.first(status)
        return {"id": found.id} if found else None

    return find


def _transitions(_viewer: User | None = None) -> list[dict[str, Any]]:
    found = [(queries.first(status), name) for status, name in EXAMPLE_MOVES]
    return [{"id": posting.id, "name": name} for posting, name in found if posting]


def _public(_viewer: User | None = None) -> dict[str, Any] | None:
    found = queries.first(PostingStatus.PUBLISHED)
    return {"slug": found.slug} if found else None


#: Moves that have a page of their own.
EXAMPLE_MOVES = ((PostingStatus.PUBLISHED, "close"), (PostingStatus.CLOSED, "reopen"))
#: What the picture tool opens.
EXAMPLES: dict[str, Callable[..., Any]] = {
    "postings.show": lambda _viewer=None: [
        {"id": found.id} for status in PostingStatus if (found := queries.first(status))
    ],
    "postings.edit": _example(PostingStatus.DRAFT),
    "postings.transition": _transitions,
    "careers.show": _public,
}
