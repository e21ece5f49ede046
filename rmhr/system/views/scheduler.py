"""The scheduler's pages for administrators: its jobs, how they went, what failed; run one now, pause it, go on."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import charts
from rmhr.core.due.jobs import Job
from rmhr.core.i18n import gettext, ngettext
from rmhr.core.registry import JOBS
from rmhr.core.words import moment, number
from rmhr.models.system import JobRun
from rmhr.system import lists, operations, queries
from rmhr.system import scheduler as keeper
from rmhr.system.forms.jobs import PauseForm
from rmhr.system.policies import LOOK_AFTER
from rmhr.system.views.blueprint import scheduler as bp
from rmhr.web.auth import me
from rmhr.web.forms import require_token
from rmhr.web.lists import read


@bp.get("", access=LOOK_AFTER)
def index() -> ResponseReturnValue:
    """Every job with its last run and its next; who leads and who waits; what failed lately."""
    return render_template(
        "system/scheduler.html",
        jobs=queries.jobs.job_states(),
        failures=queries.jobs.failures(),
        labels={name: job.label for name, job in JOBS.items()},
        schedulers=queries.schedulers.schedulers(),
    )


@bp.get("/<name>", access=LOOK_AFTER)
def show(name: str) -> ResponseReturnValue:
    """One job: its runs, newest first, how long they took, and where they failed."""
    it = queries.jobs.job_state(name)
    listing = read(lists.logs.RUNS, name=name)
    return render_template(
        "system/job.html",
        it=it,
        listing=listing,
        failed=[row.JobRun for row in listing.rows if row.JobRun.error],
        figure=_durations(queries.jobs.latest_durations(name)),
        silent=queries.schedulers.schedulers().silent,
    )


def _durations(runs: Sequence[JobRun]) -> charts.Figure | None:
    """How long the last runs took; nothing where there is nothing to compare."""
    if len(runs) < 2:
        return None
    rows = [(moment(run.started_at), round(queries.jobs.seconds_of(run) or 0, 2)) for run in runs]
    return charts.bar(
        rows,
        gettext(
            "The last %(count)s runs took between %(least)s and %(most)s seconds.",
            count=len(rows),
            least=number(min(seconds for _when, seconds in rows)),
            most=number(max(seconds for _when, seconds in rows)),
        ),
        says=lambda seconds: gettext("%(seconds)s s", seconds=number(seconds)),
    )


@bp.post("/<name>", access=LOOK_AFTER)
def run(name: str) -> ResponseReturnValue:
    """Run a job now, here, without waiting for its time."""
    require_token()
    wanted = _job(name)
    label = str(wanted.label)
    record = keeper.run(wanted, by=me().name)
    if record is None:
        flash(gettext("“%(job)s” is running at this moment.", job=label), "info")
    elif record.error:
        flash(gettext("“%(job)s” failed: %(error)s", job=label, error=record.error), "bad")
    else:
        done = ngettext("%(num)s thing done", "%(num)s things done", record.done)
        flash(gettext("“%(job)s” has run: %(done)s.", job=label, done=done), "good")
    return redirect(url_for(".show", name=name), 303)


@bp.route("/<name>/pause", methods=["GET", "POST"], access=LOOK_AFTER)
def pause(name: str) -> ResponseReturnValue:
    """Ask why, then let the scheduler leave a job alone."""
    wanted, form = _job(name), PauseForm.from_request()
    if form.ready():
        operations.jobs.pause(me(), wanted, **form.values())
        flash(gettext("“%(job)s” is paused.", job=str(wanted.label)), "good")
        return redirect(url_for(".show", name=name), 303)
    return render_template("system/pause.html", form=form, job=wanted), form.status


@bp.post("/<name>/go-on", access=LOOK_AFTER)
def go_on(name: str) -> ResponseReturnValue:
    """Let the scheduler run a job again."""
    require_token()
    wanted = _job(name)
    operations.jobs.go_on(me(), wanted)
    flash(gettext("“%(job)s” resumes.", job=str(wanted.label)), "good")
    return redirect(url_for(".show", name=name), 303)


def _job(name: str) -> Job:
    return JOBS.get(name) or abort(404)
