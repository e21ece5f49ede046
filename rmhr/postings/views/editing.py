"""Pages on which a posting is written: its beginning, its editor with what is typed meanwhile, its preview."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import operations as accounts_operations
from rmhr.accounts import queries as accounts
from rmhr.core import bank
from rmhr.core.i18n import LANGUAGES, language, speaking
from rmhr.models.accounts import Role
from rmhr.models.postings import Posting
from rmhr.postings import operations, policies, queries
from rmhr.postings.forms.new import NewForm
from rmhr.postings.queries import public
from rmhr.postings.views.blueprint import bp
from rmhr.postings.views.editor import Editor, draft_of, saved
from rmhr.requisitions import queries as requisition_queries
from rmhr.web.auth import me
from rmhr.web.autosave import answer, not_saved
from rmhr.web.choices import Choices
from rmhr.web.forms import TransitionForm, require_token


@bp.route("/new", methods=["GET", "POST"], access=policies.CREATE)
def new() -> ResponseReturnValue:
    """Begin a posting for an approved requisition, with the starter text or with an earlier posting."""
    form = NewForm.from_request(
        requisition_id=request.args.get("requisition"), source_id=request.args.get("copy")
    )
    managers = accounts.choices.people(accounts.people.has_role(Role.SUPERVISOR))
    form.requisition_id.offer_found(Choices("requisitions", requisition_queries.requisitions.TO_ADVERTISE))
    form.hiring_manager_id.offer_found(Choices("managers", managers))
    form.source_id.offer_found(Choices("postings", queries.postings.TO_COPY))
    if not form.ready():
        return render_template("postings/new.html", form=form), form.status
    requisition = requisition_queries.requisitions.get(me(), form.requisition_id.data)
    manager = accounts.choices.chosen(form.hiring_manager_id.data)
    if form.source_id.data:
        source = queries.postings.get(me(), form.source_id.data)
        posting = operations.copies.copy(me(), source, requisition=requisition, hiring_manager=manager)
        flash(str(operations.copies.copy.done), "good")
    else:
        posting = operations.postings.create(
            me(),
            queries.postings.template_for(requisition.rm_type),
            requisition=requisition,
            hiring_manager=manager,
            bank_name=bank.name(),
        )
        flash(str(operations.postings.create.done), "good")
    return redirect(url_for(".edit", id=posting.id))


#: What a page says that has just brought back what was kept.
RESUMED = "resumed"


@bp.route("/<int:id>/edit", methods=["GET", "POST"], access=policies.SEE)
def edit(id: int) -> ResponseReturnValue:
    """The editor: both languages side by side, facts, criteria, questions; and what was typed and not saved."""
    posting = _to_write(id, lock=request.method == "POST")
    draft = accounts.form_drafts.form_draft(me(), draft_of(posting))
    editor = Editor.for_posting(posting, draft, resume="draft" in request.args)
    if editor.added:
        return editor.page()
    if not editor.ready():
        return editor.page(), editor.status
    before = posting.current.number
    operations.postings.revise(me(), posting, **editor.values())
    accounts_operations.form_drafts.drop_form_draft(me(), me(), form=draft_of(posting))
    flash(saved(posting, before), "good")
    return redirect(url_for(".show", id=posting.id))


@bp.post("/<int:id>/draft", access=policies.SEE)
def draft(id: int) -> ResponseReturnValue:
    """Keep what is being typed into the editor, for this person alone.

    `kept` says which draft the page has written last: one of another tab is not overwritten.
    """
    token = TransitionForm.from_request()
    if not token.ready():
        return not_saved(token)
    posting = _to_write(id)
    name, last = draft_of(posting), request.form.get("kept", "")
    there = accounts.form_drafts.form_draft(me(), name)
    if there is not None and last not in (RESUMED, there.saved_at.isoformat()):
        stored: dict[str, list[str]] = {}
        for each in there.typed:
            stored.setdefault(each["name"], []).append(each["value"])
        return answer(409, stale=True, kept=there.saved_at.isoformat(), stored=stored)
    typed = request.form.items(multi=True)
    made = accounts_operations.form_drafts.keep_form_draft(me(), me(), form=name, typed=typed)
    return answer(200, kept=made.saved_at.isoformat())


@bp.post("/<int:id>/draft/discard", access=policies.SEE)
def discard(id: int) -> ResponseReturnValue:
    """Forget what was typed and not saved."""
    require_token()
    posting = _to_write(id)
    accounts_operations.form_drafts.drop_form_draft(me(), me(), form=draft_of(posting))
    flash(str(accounts_operations.form_drafts.drop_form_draft.done), "good")
    return redirect(url_for(".edit", id=posting.id))


def _to_write(id: int, *, lock: bool = False) -> Posting:
    posting = queries.postings.get(me(), id, lock=lock, asked=not lock)
    policies.EDIT.require(me(), posting)
    operations.postings.refuse_if_closed(posting)
    return posting


@bp.get("/<int:id>/preview", access=policies.SEE)
def preview(id: int) -> ResponseReturnValue:
    """The page of the job as strangers will read it, in the language that is asked for."""
    posting = queries.postings.get(me(), id)
    wanted = request.args.get("lang", "")
    with speaking(wanted if wanted in LANGUAGES else language()):
        return render_template(
            "postings/preview.html",
            posting=posting,
            public=public,
            apply_url="#main",
            may_edit=policies.EDIT(me(), posting) and posting.status in operations.agreed.WRITTEN,
            **public.page(posting),
        )
