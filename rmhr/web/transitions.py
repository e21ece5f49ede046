"""The one view that performs any transition: its question, its refusal, its success."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.errors import DomainError
from rmhr.core.flow.seen import is_stale, seen_of
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import gettext
from rmhr.core.mail.outbox import Said
from rmhr.core.policy import AccessRule
from rmhr.web.auth import visitor
from rmhr.web.back import own_path
from rmhr.web.blueprint import Blueprint
from rmhr.web.forms import TransitionForm


def _nothing(_subject: Any) -> dict[str, Any]:
    return {}


#: So many lines of the history tell what happened meanwhile.
LATELY = 3


def _look_again(form: TransitionForm, subject: Any, move: Transition) -> bool:
    """Whether what was answered is asked once more, since the thing has changed and could still be moved on.

    What was typed stays. Of one click nothing can be lost: that is refused as stale.
    """
    stale = request.method == "POST" and is_stale(subject, form.seen.data)
    if not (stale and move.asks and subject.status in move.sources):
        return False
    form.seen.data = seen_of(subject)
    form.happened = timeline(subject)[:LATELY]
    return True


def _itself(_subject: Any) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Question:
    """How the page of one transition differs from the usual one."""

    template: str = "transition.html"
    context: Callable[[Any], dict[str, Any]] = _nothing  # what the template needs besides, or instead
    instead: Callable[[Any], ResponseReturnValue | None] = _itself  # another page that has to come first
    shows_blocked: bool = False  # the page says itself why not now: as `blocked` in its template
    shows_mail: bool = False  # "Show the mail" (look=1) shows as `mail` what outsiders would be told

    def mail(self, flow: Workflow, subject: Any, name: str, form: TransitionForm) -> list[Said]:
        """What outsiders would be told with these answers; nothing while one is missing or wrong."""
        if not (self.shows_mail and form.ready()):
            return []
        return [each for each in flow.rehearse(visitor(), subject, name, **form.values()) if each.outside]


_USUAL = Question()


@contextmanager
def _leading_to(place: Callable[[Any], str], subject: Any) -> Iterator[None]:
    """A refusal inside the block names the place where one sees how the thing stands."""
    try:
        yield
    except DomainError as error:
        if not error.url:
            error.url, error.verb = place(subject), gettext("See its present state")
        raise


def add_transition_route(
    bp: Blueprint,
    flow: Workflow,
    load: Callable[[Any, int], Any],
    access: AccessRule,
    *,
    about: Callable[[Any], object],
    back: Callable[[Any], str] | None = None,
    after: Callable[[Any], str] | None = None,
    form_for: Callable[[Any, str], dict[str, Any]] | None = None,
    only: tuple[str, ...] = (),
    questions: Mapping[str, Question] | None = None,
    endpoint: str = "transition",
    url: str = "/<int:id>/<name>",
) -> None:
    """Add the page of all transitions of a workflow to a blueprint.

    `load(visitor, id)` finds the thing or answers 404. `about(thing)` are the words for it, below the question.
    `back(thing)` is where "Cancel" leads (its `show` page by default), `after(thing)` where one lands when it is
    done, unless the form itself says where (`next`, a path of ours). `form_for(thing, name)` gives a form's
    first values. `only` are the transitions that have this page; without it, all. `questions` are the pages, by
    transition, that differ from the usual one. An address without `<name>` is that of the only transition.
    Raises ValueError for a transition that the workflow does not have.
    """
    names = only or tuple(flow.transitions)
    asked, named = questions or {}, "<name>" in url
    if strangers := {*names, *asked} - set(flow.transitions):
        raise ValueError(f"{flow.name} has no transition {sorted(strangers)}")

    def home(subject: Any) -> str:
        return url_for(f"{bp.name}.show", id=subject.id)

    def transition(id: int, name: str = names[0]) -> ResponseReturnValue:
        if name not in names:
            abort(404)
        move, question = flow[name], asked.get(name, _USUAL)
        subject = load(visitor(), id)
        if (other := question.instead(subject)) is not None:
            return other
        defaults = form_for(subject, name) if form_for and request.method == "GET" else {}
        form = (move.form or TransitionForm).from_request(**({"seen": seen_of(subject)} | defaults))
        form.fit(subject)
        overtaken = _look_again(form, subject, move)
        waits = question.shows_blocked and request.method == "GET"
        with _leading_to(back or home, subject):
            (flow.admit if waits else flow.check)(visitor(), subject, name, form.seen.data)
        looks = question.shows_mail and bool(request.form.get("look"))
        if looks or overtaken or not form.ready():
            usual = {
                "move": move,
                "form": form,
                "it": subject,
                "about": about(subject),
                "back": (back or home)(subject),
                "action": url_for(f"{bp.name}.{endpoint}", id=id, name=name if named else None),
                "blocked": move.guard(subject) if question.shows_blocked else None,
                "mail": question.mail(flow, subject, name, form),
            }
            page = render_template(question.template, **(usual | question.context(subject)))
            return page, 409 if overtaken else 422 if form.errors else 200
        with _leading_to(back or home, subject):
            flow.perform(visitor(), subject, name, **form.values())
        flash(str(move.done), "good")
        return redirect(own_path(request.form.get("next"), (after or back or home)(subject)))

    transition.flow, transition.names = flow, names  # type: ignore[attr-defined]
    bp.route(url, methods=["GET", "POST"], access=access, endpoint=endpoint)(transition)
