"""Pages of job shadowing: the ladder, sessions to write up, sessions to confirm."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.core import charts, clock
from rmhr.core.due.calendar import NATIONWIDE, last_working_day
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.models.accounts import Role, User
from rmhr.models.shadowing import ProgrammeStatus, ShadowingProgramme
from rmhr.shadowing import lists, operations, policies, queries, records
from rmhr.shadowing.forms import points_of, session_form
from rmhr.shadowing.workflow import PROGRAMMES, SESSIONS
from rmhr.web.auth import me
from rmhr.web.blueprint import Blueprint
from rmhr.web.exports import add_export
from rmhr.web.lists import read
from rmhr.web.nav import Area
from rmhr.web.panels import Panel, Slot, panel
from rmhr.web.transitions import add_transition_route

bp = Blueprint("shadowing", __name__, url_prefix="/shadowing")
sessions = Blueprint("shadowing_sessions", __name__, url_prefix="/shadowing/sessions")
blueprints = [bp, sessions]

NAV = [
    Area(
        label=_("Shadowing"),
        endpoint="shadowing.index",
        roles=(Role.RM, Role.MENTOR, Role.SUPERVISOR),
        seldom=(Role.SUPERVISOR,),
        icon="people",
        order=40,
        tab=True,
        belongs=("shadowing", "shadowing_sessions"),
    )
]

add_transition_route(bp, PROGRAMMES, queries.get, policies.SEE, about=lambda programme: programme.user.name)
add_transition_route(
    sessions,
    SESSIONS,
    queries.session,
    policies.SEE,
    about=lambda it: f"{it.activity.name}, {it.programme.user.name}",
)


@bp.get("/", access=policies.SEE)
def index() -> ResponseReturnValue:
    """An RM's own programme; for everybody else the programmes that they have to do with."""
    viewer = me()
    only_own = not viewer.has(Role.MENTOR, Role.SUPERVISOR, Role.HR)
    if only_own and (id := queries.has_one(viewer)) is not None:
        return redirect(url_for(".show", id=id))
    return render_template("list.html", listing=read(lists.PROGRAMMES))


add_export(bp, lists.PROGRAMMES, "/export", access=policies.SEE)


@bp.get("/<int:id>", access=policies.SEE)
def show(id: int) -> ResponseReturnValue:
    """The ladder, its sessions, and the sign-off."""
    programme = queries.get(me(), id)
    standing, read = queries.progress(programme), records.of_programme(programme)
    own = policies.LOG(me(), programme)
    return render_template(
        "shadowing/show.html",
        programme=programme,
        read=read,
        says=read.says,
        ladder=ladder_of(programme, standing),
        sentence=sentence_of(programme, standing),
        moves=PROGRAMMES.moves(me(), programme),
        timeline=audit.timeline(programme, *programme.sessions),
        own=own,
        may_log=own and programme.status is ProgrammeStatus.ACTIVE,
    )


@bp.route("/<int:id>/log", methods=["GET", "POST"], access=policies.SEE)
def log(id: int) -> ResponseReturnValue:
    """Write a session up."""
    programme = queries.get(me(), id)
    policies.LOG.require(me(), programme)
    form = session_form().from_request(programme=programme, **_usual(programme))
    if not form.ready():
        return render_template(
            "shadowing/log.html", form=form, programme=programme, session=None
        ), form.status
    operations.log_session(me(), programme, **form.values())
    host = accounts.choices.chosen(form.host_id.data)
    flash(gettext("Session written up. %(name)s confirms it.", name=host.name), "good")
    return redirect(url_for(".show", id=id))


def _usual(programme: ShadowingProgramme) -> dict[str, Any]:
    """What it usually is: today or the last day on which people worked, with the mentor, on the present rung."""
    present = queries.progress(programme).present
    return {
        "held_on": last_working_day(clock.today(), NATIONWIDE),
        "host_id": programme.mentor_id,
        "rung": present.rung.value if present else None,
        "mode": "on_site",
        "minutes": 60,
    }


@sessions.get("/<int:id>", access=policies.SEE, endpoint="show")
def one_session(id: int) -> ResponseReturnValue:
    """One session: what was written up, what the host answered."""
    found = queries.session(me(), id)
    read = records.of_session(found)
    return render_template(
        "shadowing/session.html",
        session=found,
        read=read,
        says=read.says,
        moves=SESSIONS.moves(me(), found),
        timeline=audit.timeline(found),
        may_correct=policies.CORRECT(me(), found) and found.confirmed_at is None,
    )


@sessions.route("/<int:id>/edit", methods=["GET", "POST"], access=policies.SEE)
def edit(id: int) -> ResponseReturnValue:
    """Correct what was written up."""
    found = queries.session(me(), id)
    policies.CORRECT.require(me(), found)
    programme = found.programme
    operations.refuse_if_confirmed(found)
    form = session_form().editing(found, programme=programme, **points_of(found))
    if not form.ready():
        return render_template(
            "shadowing/log.html", form=form, programme=programme, session=found
        ), form.status
    operations.correct_session(me(), found, **form.values())
    flash(str(operations.correct_session.done), "good")
    return redirect(url_for(".show", id=id))


def ladder_of(programme: ShadowingProgramme, progress: queries.Progress) -> charts.Figure:
    """The figure: a ring per session, filled when it is confirmed, and one for the sign-off at the top."""
    steps = [(step.rung.label, step.done, step.needed) for step in progress.rungs]
    signed_off = int(programme.status is ProgrammeStatus.SIGNED_OFF)
    said = ", ".join(
        gettext("%(rung)s %(done)s of %(needed)s", rung=words, done=done, needed=needed)
        for words, done, needed in steps
    )
    return charts.ladder(
        [*steps, (gettext("Sign-off"), signed_off, 1)],
        gettext("Shadowing: %(steps)s, then sign-off", steps=said),
    )


def sentence_of(programme: ShadowingProgramme, progress: queries.Progress) -> str:
    """What the figure says, in words."""
    if programme.status is ProgrammeStatus.SIGNED_OFF:
        return gettext("Signed off: meetings without a host from now on.")
    if programme.status is not ProgrammeStatus.ACTIVE:
        return gettext("Called off before its end.")
    step = progress.present
    if step is None:
        return gettext("All sessions are confirmed. Only the sign-off is missing.")
    left = ngettext("%(num)s more session", "%(num)s more sessions", step.needed - step.done)
    waits = (
        " "
        + ngettext(
            "%(num)s is waiting for confirmation.", "%(num)s are waiting for confirmation.", progress.waiting
        )
        if progress.waiting
        else ""
    )
    return gettext("%(left)s in the stage “%(rung)s”.", left=left, rung=step.rung.label) + waits


@panel(Slot.TODAY_SIDE, order=10)
def ladder_of_today(viewer: User, subject: User) -> Panel | None:
    """The ladder beside an RM's day."""
    found = queries.ladder_of(subject) if subject.has(Role.RM) else None
    if found is None or found[0].status is not ProgrammeStatus.ACTIVE:
        return None
    return _ladder(*found)


@panel(Slot.PERSON_SIDE, order=10)
def ladder_of_the_person(viewer: User, subject: User) -> Panel | None:
    """The ladder on somebody's page, for those who may see it."""
    found = queries.ladder_of(subject) if policies.SEE(viewer) else None
    return _ladder(*found) if found else None


def _ladder(programme: ShadowingProgramme, progress: queries.Progress) -> Panel:
    return Panel(
        "shadowing/_ladder.html",
        {
            "programme": programme,
            "ladder": ladder_of(programme, progress),
            "sentence": sentence_of(programme, progress),
        },
    )
