"""How the scheduler's jobs are doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from rmhr.core import clock, jobs
from rmhr.core.db import db
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.core.jobs import JOBS, Job
from rmhr.models.system import Heartbeat, JobRun

#: How far ahead the next hour of a job is looked for: a weekend and a day.
LOOK_AHEAD = timedelta(hours=96)
#: How many failures are listed, and how long a run may take before it counts as broken off.
MOST_FAILURES = 10
LONGEST_RUN = timedelta(hours=1)
#: Under this name the scheduler shows that it lives; /readyz looks for it.
SCHEDULER = "scheduler"


class Outcome(LabelEnum):
    """How the last run of a job went."""

    NEVER = "never", _("Not run yet"), "neutral", "circle"
    RUNNING = "running", _("Running"), "info", "hourglass-split"
    LOST = "lost", _("Broken off"), "warning", "exclamation-triangle-fill"
    FAILED = "failed", _("Failed"), "bad", "exclamation-circle-fill"
    WELL = "well", _("Done"), "good", "check-circle-fill"


@dataclass(frozen=True)
class JobState:
    """A job and how it has been doing."""

    job: Job
    last: JobRun | None

    @property
    def outcome(self) -> Outcome:
        """How the last run went. One that has run for hours was broken off: its process ended."""
        if self.last is None:
            return Outcome.NEVER
        if self.last.finished_at is None:
            return Outcome.RUNNING if clock.now() - self.last.started_at < LONGEST_RUN else Outcome.LOST
        return Outcome.FAILED if self.last.error else Outcome.WELL

    @property
    def seconds(self) -> float | None:
        """How long the last run took."""
        if self.last is None or self.last.finished_at is None:
            return None
        return (self.last.finished_at - self.last.started_at).total_seconds()

    @property
    def next(self) -> datetime | None:
        """When it is to run next: after its pause, in its hours; None where it has never run."""
        if self.last is None:
            return None
        return next_hour(self.job, max(self.last.started_at + self.job.every, clock.now()))


def next_hour(job: jobs.Job, earliest: datetime) -> datetime | None:
    """The first moment from `earliest` on that is an hour for this job; None if there is none for days."""
    moment, end = earliest, earliest + LOOK_AHEAD
    while moment < end:
        if job.when(moment):
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return None


def job_states() -> list[JobState]:
    """Every job with its last run, by its words. One query."""
    newest = sa.select(sa.func.max(JobRun.id)).group_by(JobRun.job)
    last = {run.job: run for run in db.session.scalars(sa.select(JobRun).where(JobRun.id.in_(newest)))}
    states = [JobState(job, last.get(name)) for name, job in JOBS.items()]
    return sorted(states, key=lambda state: str(state.job.label))


def failures() -> Sequence[JobRun]:
    """The last runs that failed, newest first. One query."""
    failed = sa.select(JobRun).where(JobRun.error != "").order_by(JobRun.id.desc())
    return db.session.scalars(failed.limit(MOST_FAILURES)).all()


def heartbeat() -> Heartbeat | None:
    """The scheduler's last sign of life."""
    return db.session.scalars(sa.select(Heartbeat).where(Heartbeat.name == SCHEDULER)).one_or_none()
