"""The one view that performs any transition: its question, its refusal, its success."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.flow.workflow import Workflow
from rmhr.core.policy import Rule
from rmhr.web.auth import me
from rmhr.web.back import own_path
from rmhr.web.blueprint import Blueprint
from rmhr.web.forms import TransitionForm


def add_transition_route(
    bp: Blueprint,
    flow: Workflow,
    load: Callable[[Any, int], Any],
    access: Rule,
    *,
    about: Callable[[Any], object],
    back: Callable[[Any], str] | None = None,
    after: Callable[[Any], str] | None = None,
    form_for: Callable[[Any, str], dict[str, Any]] | None = None,
    endpoint: str = "transition",
    url: str = "/<int:id>/<name>",
) -> None:
    """Add the page of all transitions of a workflow to a blueprint.

    `load(me, id)` finds the thing or answers 404. `about(thing)` are the words for it, below the question.
    `back(thing)` is where "Cancel" leads (its `show` page by default), `after(thing)` where one lands when it is
    done, unless the form itself says where (`next`, a path of ours). `form_for(thing, name)` gives a form's
    first values.
    """

    def home(subject: Any) -> str:
        return url_for(f"{bp.name}.show", id=subject.id)

    @bp.route(url, methods=["GET", "POST"], access=access, endpoint=endpoint)
    def transition(id: int, name: str) -> ResponseReturnValue:
        if name not in flow.transitions:
            abort(404)
        move = flow[name]
        subject = load(me(), id)
        defaults = form_for(subject, name) if form_for and request.method == "GET" else {}
        form = (move.form or TransitionForm).from_request(**({"seen": subject.status.value} | defaults))
        flow.check(me(), subject, name, form.seen.data)
        if not form.ready():
            page = render_template(
                "transition.html",
                move=move,
                form=form,
                it=subject,
                about=about(subject),
                back=(back or home)(subject),
                action=url_for(f"{bp.name}.{endpoint}", id=id, name=name),
            )
            return page, form.status
        flow.perform(me(), subject, name, **form.values())
        flash(str(move.done), "good")
        return redirect(own_path(request.form.get("next"), (after or back or home)(subject)))
