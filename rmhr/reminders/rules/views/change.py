"""Changing a rule: write it, try it, put it in force. Until the last step nothing is stored."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.due import sources
from rmhr.core.i18n import _, gettext
from rmhr.models.workspace import FileKind
from rmhr.reminders import policies
from rmhr.reminders.rules import current, forecast_totals, operations, queries, simulator, wording
from rmhr.reminders.rules.forms import PutInForceForm
from rmhr.reminders.rules.proposal import Proposal
from rmhr.reminders.rules.views import figures
from rmhr.reminders.rules.views.blueprint import bp
from rmhr.reminders.rules.views.editor import RuleEditor
from rmhr.web.auth import me
from rmhr.web.sheets import send_table


@bp.route("/<name>/change", methods=["GET", "POST"], access=policies.CHANGE_REMINDER_RULES)
def change(name: str) -> ResponseReturnValue:
    """The form of a rule. What is right is tried next."""
    editor = RuleEditor(queries.get_source(name))
    if editor.turned:
        return editor.page()
    if not editor.ready():
        return editor.page(), editor.status
    if editor.form.doubled:
        flash(
            str(_("Two steps fell on the same day: they were merged into one that tells everybody.")), "info"
        )
    values: dict[str, Any] = editor.proposal.args()
    return redirect(url_for(".try_out", **values))


@bp.get("/<name>/try", access=policies.CHANGE_REMINDER_RULES)
def try_out(name: str) -> ResponseReturnValue:
    """The simulator: who would get what with the proposed rule, compared with the rules as they are."""
    source = queries.get_source(name)
    proposal, versions, stops = _proposal(source), queries.versions(source), queries.stops()
    made = [each.rule for each in reversed(versions) if each.rule.withdrawn_at is None]
    as_it_is, then = simulator.compare(proposal.rule(), made)
    return render_template(
        "reminders/rules/try.html",
        source=source,
        proposal=proposal,
        args=proposal.args(),
        forecast=figures.page_of(then, as_it_is),
        rule_figure=figures.rule_figure(proposal.steps),
        rule_lines=wording.rule_lines,
        now=current.by_day([proposal.valid_from], made)[proposal.valid_from][name].steps,
        overtaken=proposal.seen != queries.decision_of(versions),
        stops=stops,
        stopped=any(each.source is source for each in stops),
    )


@bp.get("/<name>/try.<any(csv, xlsx):kind>", access=policies.CHANGE_REMINDER_RULES)
def try_out_file(name: str, kind: str) -> ResponseReturnValue:
    """Everything that would be said with the proposed rule, for a spreadsheet."""
    _as_it_is, then = simulator.compare(_proposal(queries.get_source(name)).rule())
    title = gettext("Reminders with the proposed rule")
    rows = ((each.day, figures.row_of(then, each)) for each in forecast_totals.in_order(then, then.reminders))
    return send_table(FileKind(kind), title, *figures.as_table(rows))


@bp.route("/<name>/put-in-force", methods=["GET", "POST"], access=policies.CHANGE_REMINDER_RULES)
def put_in_force(name: str) -> ResponseReturnValue:
    """What will hold from when on; then it does."""
    source = queries.get_source(name)
    proposal = _proposal(source)
    form = PutInForceForm.from_request()
    if not form.ready():
        page = render_template(
            "reminders/rules/put_in_force.html",
            source=source,
            form=form,
            proposal=proposal,
            args=proposal.args(),
            rule_lines=wording.rule_lines,
        )
        return page, form.status
    operations.put_in_force(
        me(),
        source,
        steps=proposal.steps,
        valid_from=proposal.valid_from,
        reason=form.reason.data,
        seen=proposal.seen,
    )
    flash(str(operations.put_in_force.done), "good")
    return redirect(url_for(".show", name=name))


def _proposal(source: sources.Source) -> Proposal:
    """What the address proposes; 404 where that is no rule."""
    return Proposal.read(source, request.args) or abort(404)
