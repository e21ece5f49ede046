"""The same on many things, as pages: what is chosen in a list, what is asked before it is done, what became of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from rmhr.core.errors import DomainError
from rmhr.core.flow import bulk as many
from rmhr.core.flow.bulk import MOST, Bulk
from rmhr.core.i18n import gettext
from rmhr.core.mail.outbox import Said
from rmhr.core.policy import AccessRule, signed_in
from rmhr.core.registry import BULKS
from rmhr.models.system import BulkOutcome, BulkRow, BulkRun
from rmhr.web.auth import me
from rmhr.web.back import own_path
from rmhr.web.blueprint import Blueprint
from rmhr.web.forms import TransitionForm, require_token
from rmhr.web.numbers import whole

bp = Blueprint("bulk", __name__, url_prefix="/bulk")

#: Fields of the page that asks which are not the form's.
_OWN = {"csrf_token", "seen", "chosen", "key", "undoes", "back", "look"}
#: What is looked at for a mail to show: the first that would write one.
_TRIED = 3


def add_bulk_page(
    blueprint: Blueprint,
    bulks: Iterable[Bulk],
    access: AccessRule,
    *,
    matching: Callable[[int], Sequence[int]],
    url: str = "/bulk/<verb>",
) -> None:
    """Add the page that asks before something is done to many things of a list.

    The list sends the ids of the ticked rows (`row`), or `all`; `matching(most)` are the ids of the rows that fit
    what the address says, as far as this person may see them: at most so many. The page has the list's address values.
    """
    by_verb = {bulk.verb_in_address: bulk for bulk in bulks}

    @blueprint.route(url, methods=["GET", "POST"], access=access, endpoint="bulk")
    def page(verb: str) -> ResponseReturnValue:
        bulk = by_verb.get(verb) or abort(404)
        bulk.allow.require(me())
        home = own_path(
            f"{url_for(bulk.things.index)}?{urlencode(list(request.args.items(multi=True)))}", "/"
        )
        if request.method == "GET":
            return redirect(home)
        if "key" in request.form:
            return _answered(bulk)
        ticked = filter(None, map(whole, request.form.getlist("row")))
        ids = matching(MOST + 1) if request.form.get("all") else dict.fromkeys(ticked)
        return _asked(bulk, _Choice(list(ids), home))


@dataclass
class _Choice:
    """What was chosen, where one came from, and what it takes back."""

    ids: list[int]
    back: str
    seen: dict[int, str] | None = None  # as the page before showed them
    undoes: BulkRun | None = None
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))


def _asked(bulk: Bulk, choice: _Choice, form: TransitionForm | None = None) -> ResponseReturnValue:
    """The page that asks: who is affected and who is not, what is to be answered, what outsiders are told."""
    if not choice.ids:
        flash(gettext("Nothing is chosen. Tick what you mean first."), "info")
        return redirect(choice.back, 303)
    if len(choice.ids) > MOST:
        words = gettext(
            "%(chosen)s are chosen; at most %(most)s can be done at once. Please narrow the list.",
            chosen=bulk.things.count(len(choice.ids)),
            most=MOST,
        )
        flash(words, "warning")
        return redirect(choice.back, 303)
    shown = form if form is not None else (bulk.form or TransitionForm)()
    things = bulk.things.found(me(), choice.ids)
    reasons = [
        no if no is not None else _changed(bulk, thing, choice.seen)
        for thing, no in zip(things, bulk.refusals(me(), things), strict=True)
    ]
    affected = [thing for thing, no in zip(things, reasons, strict=True) if no is None]
    answers = _answers(form) if form is not None and not form.errors else None
    if answers is None and bulk.form is None:
        answers = {}
    page = render_template(
        "bulk.html",
        bulk=bulk,
        form=shown,
        affected=[_link(bulk, thing) for thing in affected],
        left_out=_by_reason(bulk, things, reasons),
        missing=len(choice.ids) - len(things),
        mail=_mail(bulk, affected, answers),
        chosen=" ".join(f"{thing.id}:{bulk.seen(thing)}" for thing in affected),
        choice=choice,
        action=url_for(bulk.things.page, verb=bulk.verb_in_address),
    )
    return page, 422 if form is not None and form.errors else 200


def _changed(bulk: Bulk, thing: Any, seen: dict[int, str] | None) -> str | None:
    if seen is None or seen.get(thing.id) == bulk.seen(thing):
        return None
    return gettext("This has changed since you opened it. Please look again.")


def _link(bulk: Bulk, thing: Any) -> tuple[object, str]:
    return bulk.things.called(thing), url_for(bulk.things.show, id=thing.id)


def _by_reason(
    bulk: Bulk, things: Sequence[Any], reasons: Sequence[str | None]
) -> list[tuple[str, list[tuple[object, str]]]]:
    """What is left out, by why."""
    found: dict[str, list[tuple[object, str]]] = {}
    for thing, why in zip(things, reasons, strict=True):
        if why is not None:
            found.setdefault(why, []).append(_link(bulk, thing))
    return list(found.items())


def _mail(bulk: Bulk, affected: Sequence[Any], answers: dict[str, Any] | None) -> list[Said]:
    """What the first of them would be told, as an example; nothing before the answers are there."""
    if bulk.tells is None or answers is None:
        return []
    for thing in affected[:_TRIED]:
        try:
            said = bulk.rehearse(me(), thing, **answers)
        except DomainError:
            continue
        return [each for each in said if each.outside]
    return []


def _answered(bulk: Bulk) -> ResponseReturnValue:
    """What came back from the page that asks: look once more, or do it to what was shown there."""
    chosen = _read(request.form.get("chosen", ""))
    number = whole(request.form.get("undoes"))
    undoes = many.run_of(me(), number) if number else None
    if undoes is not None and (undoes.name not in BULKS or BULKS[undoes.name].back is not bulk):
        abort(404)
    back = own_path(request.form.get("back"), url_for(bulk.things.index))
    form = (bulk.form or TransitionForm).from_request()
    key = request.form["key"][:100]
    if not chosen or len(chosen) > MOST or not form.ready() or request.form.get("look"):
        return _asked(bulk, _Choice(list(chosen), back, chosen, undoes, key), form)
    given = {name: values for name, values in request.form.lists() if name not in _OWN}
    run, new = many.start(me(), bulk, chosen, key=key, given=given, undoes=undoes)
    if new:
        many.go_on(me(), run, _answers(form))
    return redirect(url_for("bulk.report", id=run.id, back=back), 303)


def _answers(form: TransitionForm) -> dict[str, Any]:
    """What was answered; what was seen is said for each thing."""
    return {name: value for name, value in form.values().items() if name != "seen"}


def _read(text: str) -> dict[int, str]:
    """ "12:screening 13:received" as {id: status}."""
    pairs = (part.partition(":") for part in text.split())
    return {id: seen for number, _colon, seen in pairs if (id := whole(number))}


# What became of it.


def _run(id: int) -> tuple[BulkRun, Bulk]:
    """A run of one's own, and what is done in it; or 404."""
    run = many.run_of(me(), id)
    return (run, BULKS[run.name]) if run is not None and run.name in BULKS else abort(404)


@bp.get("/<int:id>", access=signed_in)
def report(id: int) -> ResponseReturnValue:
    """What became of each of them; and the way back, where there is one."""
    run, bulk = _run(id)
    things = {thing.id: thing for thing in bulk.things.found(me(), [row.subject_id for row in run.rows])}
    rows: dict[BulkOutcome, list[tuple[Any, str | None, BulkRow]]] = {outcome: [] for outcome in BulkOutcome}
    for row in run.rows:
        thing = things.get(row.subject_id)
        called, address = (
            _link(bulk, thing) if thing is not None else (gettext("No longer visible to you"), None)
        )
        rows[row.outcome].append((called, address, row))
    may_undo = bulk.back is not None and run.undoes_id is None and bool(rows[BulkOutcome.DONE])
    undone = many.undone_by(run) if may_undo else None
    return render_template(
        "bulk_report.html",
        bulk=bulk,
        run=run,
        done=rows[BulkOutcome.DONE],
        refused=rows[BulkOutcome.REFUSED],
        waiting=len(rows[BulkOutcome.WAITING]),
        may_undo=may_undo and undone is None and run.finished_at is not None,
        undone=undone,
        back=own_path(request.args.get("back"), url_for(bulk.things.index)),
    )


@bp.post("/<int:id>", access=signed_in)
def go_on(id: int) -> ResponseReturnValue:
    """Do the next piece."""
    require_token()
    run, bulk = _run(id)
    given = MultiDict([(name, value) for name, values in run.given.items() for value in values])
    form = (bulk.form or TransitionForm)(given)
    many.go_on(me(), run, _answers(form))
    return redirect(url_for(".report", id=id, back=request.form.get("back")), 303)


@bp.post("/<int:id>/undo", access=signed_in)
def undo(id: int) -> ResponseReturnValue:
    """Ask before it is taken back, with what that tells outsiders in sight."""
    run, bulk = _run(id)
    back = bulk.back
    done = [row.subject_id for row in run.rows if row.outcome is BulkOutcome.DONE]
    if back is None or not done or many.undone_by(run) is not None:
        return redirect(url_for(".report", id=id), 303)
    back.allow.require(me())
    return _asked(back, _Choice(done, url_for(".report", id=id), undoes=run))
