"""The bank's texts: which there are, one with all its versions, one version beside the one before, the form."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import differences, registry
from rmhr.core.history.audit import timeline
from rmhr.duties import operations, placeholders, policies, queries
from rmhr.duties.forms import TextForm
from rmhr.duties.papers import tables
from rmhr.duties.views.blueprint import texts as bp
from rmhr.duties.workflow import TEXTS
from rmhr.models.duties import BankText, TextKind, TextStatus
from rmhr.web.auth import me
from rmhr.web.edits import ConfirmForm
from rmhr.web.transitions import add_transition_route


def _kind(name: str) -> TextKind:
    try:
        return TextKind(name)
    except ValueError:
        abort(404)


@bp.get("", access=policies.SEE)
def index() -> ResponseReturnValue:
    """All texts: what is in force, what comes, what is on its way; and which mails are none of them."""
    others = sorted(
        (tables.subject(it), str(it.no_letter)) for it in registry.NOTICES.values() if it.no_letter
    )
    return render_template(
        "duties/texts/index.html", parts=queries.texts.in_parts(queries.texts.overview()), others=others
    )


@bp.get("/<name>", access=policies.SEE)
def show(name: str) -> ResponseReturnValue:
    """One text as it is told today, and all its versions."""
    kind = _kind(name)
    versions = queries.texts.versions(kind)
    line = queries.texts.line(kind, versions)
    text = line.in_force.text if line.in_force else queries.texts.starter(kind)
    return render_template(
        "duties/texts/show.html",
        line=line,
        versions=versions,
        told=queries.texts.reads(kind, text, line.in_force),
        offered=placeholders.offered(kind),
        may_write=policies.WRITE(me()),
    )


@bp.get("/version/<int:id>", access=policies.SEE)
def version(id: int) -> ResponseReturnValue:
    """One version: how it reads, what is other than in the version before, who wrote and approved it."""
    it = queries.texts.get(me(), id)
    before = _before(it)
    return render_template(
        "duties/texts/version.html",
        it=it,
        told=queries.texts.reads(it.kind, it.text, it),
        before=before,
        changed=differences.between(before.text, it.text) if before else [],
        moves=TEXTS.moves(me(), it),
        history=timeline(it),
        may_write=policies.WRITE(me()),
    )


def _before(it: BankText) -> BankText | None:
    """The version that was in force or approved before; of the first one, none."""
    earlier = [
        each
        for each in queries.texts.versions(it.kind)
        if each.number < it.number and each.status is TextStatus.APPROVED
    ]
    return earlier[0] if earlier else None


@bp.route("/<name>/edit", methods=["GET", "POST"], access=policies.WRITE)
def edit(name: str) -> ResponseReturnValue:
    """The form of the next version, begun from the last one."""
    kind = _kind(name)
    draft = queries.texts.on_its_way(kind)
    if draft is not None and draft.status is not TextStatus.DRAFT:
        return redirect(url_for(".version", id=draft.id))
    form = TextForm.editing(draft or _next(kind), lambda form: setattr(form, "kind", kind))
    if form.ready():
        written = operations.write(me(), draft, kind=kind, **form.values())
        flash(str(operations.write.done), "good")
        return redirect(url_for(".version", id=written.id), 303)
    page = render_template(
        "duties/texts/edit.html",
        kind=kind,
        form=form,
        offered=placeholders.offered(kind),
        needed=placeholders.NEEDED[kind],
    )
    return page, form.status


def _next(kind: TextKind) -> BankText:
    """A version that begins with the words of the one in force: nothing that is stored."""
    told = queries.texts.in_force(kind)
    text = told.text if told else queries.texts.starter(kind)
    return BankText(id=0, kind=kind, number=0, version=0, status=TextStatus.DRAFT, text=text, reason="")


@bp.route("/version/<int:id>/delete", methods=["GET", "POST"], access=policies.WRITE)
def throw_away(id: int) -> ResponseReturnValue:
    """Delete a draft, after asking."""
    it = queries.texts.get(me(), id)
    form = ConfirmForm.editing(it)
    if not form.ready():
        return render_template("duties/texts/delete.html", it=it, form=form), form.status
    kind = it.kind
    operations.throw_away(me(), it)
    flash(str(operations.throw_away.done), "good")
    return redirect(url_for(".show", name=kind.value), 303)


add_transition_route(
    bp,
    TEXTS,
    queries.texts.get,
    policies.SEE,
    about=lambda it: f"{it.kind.label}, {it.number}",
    back=lambda it: url_for("texts.version", id=it.id),
    url="/version/<int:id>/move/<name>",
)
