"""Reminder rules: all of them, one of them, stopping and going on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.due.kinds import kind_of
from rmhr.core.folding import folded
from rmhr.core.i18n import _, gettext
from rmhr.reminders import policies
from rmhr.reminders.rules import operations, queries, simulator, wording
from rmhr.reminders.rules.forms import StopForm
from rmhr.reminders.rules.queries import SourceRules
from rmhr.reminders.rules.views import figures
from rmhr.reminders.rules.views.blueprint import bp
from rmhr.web.auth import me

#: What the list can be narrowed to.
KINDS: dict[str, tuple[Any, Callable[[SourceRules], bool]]] = {
    "own": (_("Rules of the bank’s own"), lambda line: line.in_force is not None),
    "coming": (_("With a planned rule"), lambda line: line.coming is not None),
    "stopped": (_("Stopped"), lambda line: line.stop is not None),
    "late": (_("With something late"), lambda line: line.late > 0),
}


@bp.get("", access=policies.SEE_REMINDER_RULES)
def index() -> ResponseReturnValue:
    """All kinds of due things with the rule in force, by stage. `?q=`, `?stage=`, `?show=` narrow the list."""
    everything = queries.lines()
    stages = {line.source.stage: kind_of(line.source.name) for line in everything}
    chosen = {
        "stage": stage if (stage := request.args.get("stage", "")) in stages else "",
        "show": show if (show := request.args.get("show", "")) in KINDS else "",
    }
    q = request.args.get("q", "").strip()
    shown = [line for line in everything if _fits(line, q, **chosen)]
    return render_template(
        "reminders/rules/index.html",
        groups=[
            (words, [line for line in shown if line.source.stage == stage])
            for stage, words in stages.items()
            if any(line.source.stage == stage for line in shown)
        ],
        q=q,
        selects=[
            _select("stage", _("Every stage"), chosen["stage"], list(stages.items())),
            _select("show", _("Every rule"), chosen["show"], [(key, kind[0]) for key, kind in KINDS.items()]),
        ],
        count=len(shown),
        narrowed=bool(q or any(chosen.values())),
        many=queries.MANY,
        rule_words=wording.rule_words,
        stops=queries.stops(),
        may_change=policies.CHANGE_REMINDER_RULES(me()),
    )


def _fits(line: SourceRules, q: str, stage: str, show: str) -> bool:
    return (
        (not stage or line.source.stage == stage)
        and (not show or KINDS[show][1](line))
        and (not q or _says(line, q))
    )


def _says(line: SourceRules, q: str) -> bool:
    said = folded(
        f"{gettext(line.source.label)} {kind_of(line.source.name)} {wording.rule_words(line.steps)}"
    )
    return all(word in said for word in folded(q).split())


def _select(name: str, label: Any, value: str, options: list[tuple[str, Any]]) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "options": [("", label), *options]}


@bp.get("/<name>", access=policies.SEE_REMINDER_RULES)
def show(name: str) -> ResponseReturnValue:
    """One kind of due thing: its rule, all versions, what was decided."""
    source = queries.get_source(name)
    line = queries.line(source)
    return render_template(
        "reminders/rules/show.html",
        line=line,
        stage=kind_of(name),
        many=queries.MANY,
        figure=figures.rule_figure(line.steps),
        rule_lines=wording.rule_lines,
        history=queries.history(source),
        stops=queries.stops(),
        may_change=policies.CHANGE_REMINDER_RULES(me()),
    )


@bp.route("/<name>/stop", methods=["GET", "POST"], access=policies.CHANGE_REMINDER_RULES)
def stop(name: str) -> ResponseReturnValue:
    """Stop all reminders of a kind: what will not be sent, and why."""
    source = queries.get_source(name)
    form = StopForm.from_request()
    if not form.ready():
        page = render_template(
            "reminders/rules/stop.html",
            source=source,
            form=form,
            forecast=figures.page_of(simulator.of_source(source)),
            back=url_for(".show", name=name),
        )
        return page, form.status
    operations.stop(me(), source, reason=form.reason.data)
    flash(str(operations.stop.done), "warning")
    return redirect(url_for(".show", name=name))


@bp.route("/<name>/go-on", methods=["GET", "POST"], access=policies.CHANGE_REMINDER_RULES)
def resume(name: str) -> ResponseReturnValue:
    """Let the reminders of a kind go on: what goes out first."""
    source = queries.get_source(name)
    if request.method == "GET":
        return render_template(
            "reminders/rules/resume.html",
            source=source,
            forecast=figures.page_of(simulator.of_source(source)),
            back=url_for(".show", name=name),
        )
    operations.resume(me(), source)
    flash(str(operations.resume.done), "good")
    return redirect(url_for(".show", name=name))


@bp.route(
    "/<name>/withdraw/<int:number>",
    methods=["GET", "POST"],
    access=policies.CHANGE_REMINDER_RULES,
)
def withdraw(name: str, number: int) -> ResponseReturnValue:
    """Take back a rule that has not begun."""
    source = queries.get_source(name)
    version = queries.get_version(source, number)
    if request.method == "GET":
        return render_template(
            "reminders/rules/withdraw.html",
            source=source,
            version=version,
            rule_lines=wording.rule_lines,
            back=url_for(".show", name=name),
        )
    operations.withdraw(me(), version.rule)
    flash(str(operations.withdraw.done), "good")
    return redirect(url_for(".show", name=name))
