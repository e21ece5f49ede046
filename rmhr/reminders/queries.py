"""What Today shows, which mails there are, and how the scheduler's jobs are doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.accounts import queries as accounts
from rmhr.core import clock, due, jobs
from rmhr.core.db import Rows, db
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.core.jobs import JOBS, Job
from rmhr.models.accounts import Employee, User
from rmhr.models.system import Heartbeat, JobRun, Message

#: How far ahead Today looks, in days.
HORIZON = 30
#: How many of a team's late things are listed.
MOST_OF_TEAM = 20
#: How far ahead the next hour of a job is looked for: a weekend and a day.
LOOK_AHEAD = timedelta(hours=96)
#: How many failures are listed, and how long a run may take before it counts as broken off.
MOST_FAILURES = 10
LONGEST_RUN = timedelta(hours=1)
#: Under this name the scheduler shows that it lives; /readyz looks for it.
SCHEDULER = "scheduler"


def owed(person: User, everything: bool = False) -> list[due.Due]:
    """What this person owes within the horizon, soonest first; or all of it. One query."""
    return due.for_person(person.id, None if everything else clock.today() + timedelta(days=HORIZON))


def owed_beyond(person: User) -> int:
    """How many things this person owes after the horizon. One query."""
    return due.count_for(person.id, after=clock.today() + timedelta(days=HORIZON))


def waiting_for(person: User) -> int:
    """How many things are late or due today. One query."""
    return due.count_for(person.id, until=clock.today())


@dataclass(frozen=True)
class OfTeam:
    """Something that one of a supervisor's people is late with."""

    person: User
    due: due.Due


def late_in_team(supervisor: User) -> list[OfTeam]:
    """What the people of a supervisor's team are late with, the longest first. Two queries."""
    found = due.late_of(accounts.team_ids(supervisor), before=clock.today(), most=MOST_OF_TEAM)
    if not found:
        return []
    team = {person.id: person for person in accounts.team_of(supervisor)}
    return [OfTeam(team[each.owner_id], each) for each in found if each.owner_id in team]


def employment(person: User) -> Employee | None:
    """Where this person works, as what and under whom. One query."""
    return db.session.scalars(
        sa.select(Employee).where(Employee.user_id == person.id).options(joinedload(Employee.supervisor))
    ).one_or_none()


def mails() -> Rows:
    """All mails, without what they say."""
    return sa.select(
        Message.id,
        Message.kind,
        Message.to_name,
        Message.to_address,
        Message.subject,
        Message.state,
        Message.created_at,
        Message.sent_at,
        Message.error,
    )


def of_kind(stage: str) -> sa.ColumnElement[bool]:
    """The condition that a mail was written by that stage."""
    return Message.kind.startswith(f"{stage}.", autoescape=True)


def mail(id: int) -> Message:
    """One mail with everything, or 404."""
    return db.session.get(Message, id) or abort(404)


def first_mail(*, calendar: bool = False) -> int | None:
    """The newest mail's id; or the newest that brings a calendar entry."""
    query = sa.select(Message.id).order_by(Message.id.desc()).limit(1)
    return db.session.scalar(query.where(Message.calendar != "") if calendar else query)


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


def week_end(day: date) -> date:
    """The Sunday of that week."""
    return day + timedelta(days=6 - day.weekday())
