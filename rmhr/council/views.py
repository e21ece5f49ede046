"""Pages about the works council's consent: the request, what is handed over, its answer, hiring without waiting."""

from __future__ import annotations

from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import gettext
from rmhr.council import notifications, operations, package, policies, queries
from rmhr.council.workflow import HIRINGS, REQUESTS
from rmhr.models.council import CouncilRequest
from rmhr.web.auth import me
from rmhr.web.blueprint import Blueprint
from rmhr.web.downloads import send_made
from rmhr.web.forms import require_token
from rmhr.web.sensitive import sensitive, shown
from rmhr.web.transitions import Question, add_transition_route

bp = Blueprint("council", __name__, url_prefix="/council")
hirings = Blueprint("provisional_hiring", __name__, url_prefix="/council/provisional")
blueprints = [bp, hirings]


@bp.get("/<int:id>", access=policies.HR)
@sensitive
def show(id: int) -> ResponseReturnValue:
    """One request: how it stands, what can be done, what is handed over, what happened."""
    it = queries.get(me(), id)
    shown(it)
    hiring = it.provisional
    return render_template(
        "council/show.html",
        it=it,
        offer=it.offer,
        application=it.offer.application,
        moves=REQUESTS.moves(me(), it),
        hiring=hiring,
        hiring_moves=HIRINGS.moves(me(), hiring) if hiring else [],
        wanted=queries.needed(),
        **_handed(it),
        entries=timeline(it, *([hiring] if hiring else [])),
    )


def _handed(it: CouncilRequest) -> dict[str, Any]:
    """What the council gets, and where it is written to."""
    posting = it.offer.application.posting
    return {
        "among": queries.listed_among(me(), posting),
        "hidden": queries.hidden_among(me(), posting),
        "address": next((each.email for each in notifications.the_council(it)), ""),
    }


@bp.post("/<int:id>/documents", access=policies.HR)
def documents(id: int) -> ResponseReturnValue:
    """The documents of all who applied as one file, for the works council. The history says who took it."""
    require_token()
    it = queries.get(me(), id)
    operations.hand_over(me(), it)
    with ExitStack() as opened:
        file = opened.enter_context(TemporaryFile())
        package.write(file, me(), it)
        file.seek(0)
        name = gettext("Works council, %(person)s", person=it.offer.application.name)
        sent = send_made(file, f"{name}.zip", "application/zip")
        opened.pop_all()  # the server closes it, when it was sent
    return sent


def _about(it: CouncilRequest) -> str:
    return f"{it.offer.application.name}, {it.offer.application.posting.title}"


def _first_values(it: CouncilRequest, name: str) -> dict[str, Any]:
    """Most of it happens on the day on which it is recorded."""
    today = clock.today()
    days = ("asked_on", "answered_on", "court_on", "judged_on", "informed_on")
    return dict.fromkeys(days, today) | ({"grouping": it.grouping} if it.grouping else {})


add_transition_route(
    bp,
    REQUESTS,
    queries.get,
    policies.HR,
    about=_about,
    form_for=_first_values,
    only=tuple(name for name in REQUESTS.transitions if name != "deem"),
    questions={
        "ask": Question(template="council/ask.html", context=_handed),
        "ask_again": Question(template="council/ask.html", context=_handed),
        "withdraw": Question(template="tells.html", shows_mail=True),
        "hire_provisionally": Question(template="tells.html", shows_mail=True),
    },
)
add_transition_route(
    hirings,
    HIRINGS,
    queries.hiring,
    policies.HR,
    about=lambda hiring: _about(hiring.request),
    back=lambda hiring: url_for("council.show", id=hiring.request_id),
    form_for=lambda _hiring, _name: {day: clock.today() for day in ("disputed_on", "court_on", "ended_on")},
)
