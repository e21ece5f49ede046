"""What a form that is saved while it is filled in is told: the answers that static/js/autosave.js reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify

from rmhr.core.db import db
from rmhr.web.auth import person_key
from rmhr.web.edits import EditForm
from rmhr.web.forms import Form, TransitionForm


def autosaved(
    form: EditForm,
    save: Callable[[], object],
    over_url: str | None = None,
    parts: Callable[[], dict[str, str]] = dict,
) -> Response:
    """Save what was sent, unless somebody else was faster, and say what the page needs to know.

    200 {"seen", "opened_with"}: saved; the version and the marks to send the next time. Besides, {"parts"}: what
    follows from what was saved, as HTML for the places of the page with these names (data-part). 409 {"over", "url"}:
    the thing is handed in or closed, and shown at `over_url`. Otherwise as `not_saved`.
    """
    if over_url is not None:
        return answer(409, over=True, url=over_url)
    if not form.ready():
        return not_saved(form)
    save()
    db.session.flush()  # the version counts up as it is written
    now = parts()
    return answer(
        200, seen=form.seen_now, opened_with=form.opened_with_now, **({"parts": now} if now else {})
    )


def not_saved(form: Form) -> Response:
    """Why a form that is not ready was not saved.

    403 {"token", "person"}: somebody has signed in anew, and the page goes on with that token if it is theirs.
    409 {"stale", "seen", "opened_with", "stored"}: the thing has changed; `stored` is what the controls of the form
    would hold now.
    422 {"errors"}: it cannot be saved as it is typed.
    """
    if "csrf_token" in form and form["csrf_token"].errors:
        return answer(403, token=TransitionForm()["csrf_token"].current_token, person=person_key())
    if isinstance(form, EditForm) and form.overtaken:
        return answer(
            409,
            stale=True,
            seen=form.seen.data,
            opened_with=form.opened_with.data,
            stored=form.stored_values(),
        )
    return answer(422, errors=form.errors)


def answer(status: int, **said: Any) -> Response:
    """The same for a form of which its view knows more."""
    response = jsonify(**said)
    response.status_code = status
    return response
