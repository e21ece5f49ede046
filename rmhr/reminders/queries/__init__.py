"""Every read of this stage: Today, mail, the scheduler's jobs."""

from rmhr.reminders.queries.jobs import (
    SCHEDULER,
    JobState,
    Outcome,
    failures,
    heartbeat,
    job_states,
    next_hour,
)
from rmhr.reminders.queries.mail import first_mail, mail, mails, of_kind
from rmhr.reminders.queries.today import (
    HORIZON,
    OfTeam,
    employment,
    late_in_team,
    owed,
    owed_beyond,
    waiting_for,
    week_end,
)

__all__ = [
    "HORIZON",
    "SCHEDULER",
    "JobState",
    "OfTeam",
    "Outcome",
    "employment",
    "failures",
    "first_mail",
    "heartbeat",
    "job_states",
    "late_in_team",
    "mail",
    "mails",
    "next_hour",
    "of_kind",
    "owed",
    "owed_beyond",
    "waiting_for",
    "week_end",
]
