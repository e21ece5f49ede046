"""How the scheduler's jobs are doing: their runs, their failures, which of them are paused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.core import clock
from rmhr.core.db import Rows, db
from rmhr.core.due.jobs import Job
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _, ngettext
from rmhr.core.registry import JOBS
from rmhr.models.system import JobPause, JobRun

#: How far ahead the next hour of a job is looked for: a weekend and a day.
LOOK_AHEAD = timedelta(hours=96)
#: How many failures are listed, and how long a run may take before it counts as broken off.
MOST_FAILURES = 10
LONGEST_RUN = timedelta(hours=1)
#: How many runs the figure shows.
IN_FIGURE = 6


class Outcome(LabelEnum):
    """How a run of a job went; or that the job is paused."""

    NEVER = "never", _("Not run yet"), "neutral", "circle"
    RUNNING = "running", _("Running"), "info", "hourglass-split"
    LOST = "lost", _("Broken off"), "warning", "exclamation-triangle-fill"
    FAILED = "failed", _("Failed"), "bad", "exclamation-circle-fill"
    WELL = "well", _("Done"), "good", "check-circle-fill"
    PAUSED = "paused", _("Paused"), "warning", "pause-circle-fill"


def outcome_of(run: JobRun | None, *, newest: bool) -> Outcome:
    """How a run went; `newest`: whether it is the last of its job.

    A run without an end was broken off where a newer one has begun, or after hours: its process ended.
    """
    if run is None:
        return Outcome.NEVER
    if run.finished_at is None:
        running = newest and clock.now() - run.started_at < LONGEST_RUN
        return Outcome.RUNNING if running else Outcome.LOST
    return Outcome.FAILED if run.error else Outcome.WELL


def seconds_of(run: JobRun | None) -> float | None:
    """How long a run took; None where it has not ended."""
    if run is None or run.finished_at is None:
        return None
    return max(0.0, (run.finished_at - run.started_at).total_seconds())


@dataclass(frozen=True)
class JobState:
    """A job and how it has been doing."""

    job: Job
    last: JobRun | None
    pause: JobPause | None = None

    @property
    def outcome(self) -> Outcome:
        """How the last run went."""
        return outcome_of(self.last, newest=True)

    @property
    def state(self) -> Outcome:
        """That it is paused, or else how the last run went."""
        return Outcome.PAUSED if self.pause else self.outcome

    @property
    def seconds(self) -> float | None:
        """How long the last run took."""
        return seconds_of(self.last)

    @property
    def how_often(self) -> str:
        """Its rhythm in words: "every 5 minutes"."""
        seconds = int(self.job.every.total_seconds())
        if seconds % 3600 == 0:
            return ngettext("every hour", "every %(num)s hours", seconds // 3600)
        if seconds % 60 == 0:
            return ngettext("every minute", "every %(num)s minutes", seconds // 60)
        return ngettext("every second", "every %(num)s seconds", seconds)

    @property
    def next(self) -> datetime | None:
        """When it is to run next: after its pause, in its hours; None where it has never run or is paused."""
        if self.last is None or self.pause is not None:
            return None
        return next_hour(self.job, max(self.last.started_at + self.job.every, clock.now()))


def next_hour(job: Job, earliest: datetime) -> datetime | None:
    """The first moment from `earliest` on that is an hour for this job; None if there is none for days."""
    moment, end = earliest, earliest + LOOK_AHEAD
    while moment < end:
        if job.when(moment):
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return None


def job_states() -> list[JobState]:
    """Every job with its last run and its pause, by its words. Two queries."""
    newest = sa.select(sa.func.max(JobRun.id)).group_by(JobRun.job)
    last = {run.job: run for run in db.session.scalars(sa.select(JobRun).where(JobRun.id.in_(newest)))}
    paused = {pause.job: pause for pause in db.session.scalars(_pauses())}
    states = [JobState(job, last.get(name), paused.get(name)) for name, job in JOBS.items()]
    return sorted(states, key=lambda state: str(state.job.label))


def job_state(name: str) -> JobState:
    """One job with its last run and its pause, or 404. Two queries."""
    job = JOBS.get(name) or abort(404)
    last = sa.select(JobRun).where(JobRun.job == name).order_by(JobRun.id.desc()).limit(1)
    return JobState(job, db.session.scalars(last).first(), pause_of(name))


def pause_of(name: str) -> JobPause | None:
    """Who has paused that job, and why; None where nobody has."""
    return db.session.scalars(_pauses().where(JobPause.job == name)).one_or_none()


def is_paused(name: str) -> bool:
    """Whether that job is paused."""
    return db.session.scalar(sa.select(JobPause.id).where(JobPause.job == name)) is not None


def _pauses() -> sa.Select[JobPause]:
    return sa.select(JobPause).options(joinedload(JobPause.paused_by)).order_by(JobPause.id)


def runs_of(name: str) -> Rows:
    """All runs of that job."""
    return sa.select(JobRun).where(JobRun.job == name)


def runs_listed(name: str) -> Rows:
    """The runs of that job for their list: (run, the id of the newest)."""
    last = sa.select(sa.func.max(JobRun.id)).where(JobRun.job == name).scalar_subquery()
    return runs_of(name).add_columns(last.label("newest"))


def of_interest(which: str) -> sa.ColumnElement[bool]:
    """The condition that a run "failed", or that it was begun by "hand"."""
    return JobRun.error != "" if which == "failed" else JobRun.by_hand.is_(True)


def latest_durations(name: str) -> list[JobRun]:
    """The last runs of that job that have ended, the newest first. One query."""
    ended = runs_of(name).where(JobRun.finished_at.is_not(None)).order_by(JobRun.id.desc())
    return list(db.session.scalars(ended.limit(IN_FIGURE)))


def failures() -> Sequence[JobRun]:
    """The last runs that failed, newest first. One query."""
    failed = sa.select(JobRun).where(JobRun.error != "").order_by(JobRun.id.desc())
    return db.session.scalars(failed.limit(MOST_FAILURES)).all()
