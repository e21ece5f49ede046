"""The scheduler's page for administrators: its jobs, how they went, what failed."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.i18n import gettext, ngettext
from rmhr.core.jobs import JOBS
from rmhr.reminders import queries
from rmhr.reminders import scheduler as keeper
from rmhr.reminders.policies import LOOK_AFTER
from rmhr.reminders.views.blueprint import bp
from rmhr.web.health import SILENCE


@bp.get("/admin/scheduler", access=LOOK_AFTER)
def scheduler() -> ResponseReturnValue:
    """Every job with its last run and its next; and what failed lately."""
    seen = queries.heartbeat()
    return render_template(
        "reminders/scheduler.html",
        jobs=queries.job_states(),
        failures=queries.failures(),
        labels={name: job.label for name, job in JOBS.items()},
        seen=seen,
        silent=seen is None or clock.now() - seen.at > SILENCE,
    )


@bp.post("/admin/scheduler/<name>", access=LOOK_AFTER)
def run_job(name: str) -> ResponseReturnValue:
    """Run a job now, here, without waiting for its time."""
    if name not in JOBS:
        abort(404)
    label = str(JOBS[name].label)
    record = keeper.run(JOBS[name])
    if record is None:
        flash(gettext("“%(job)s” is running at this moment.", job=label), "info")
    elif record.error:
        flash(gettext("“%(job)s” failed: %(error)s", job=label, error=record.error), "bad")
    else:
        done = ngettext("%(num)s thing done", "%(num)s things done", record.done)
        flash(gettext("“%(job)s” has run: %(done)s.", job=label, done=done), "good")
    return redirect(url_for("reminders.scheduler"))
