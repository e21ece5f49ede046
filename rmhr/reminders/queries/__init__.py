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
from rmhr.reminders.queries.others import Awaited, asks, awaited, awaited_by
from rmhr.reminders.queries.putoff import days_to_choose, last_day, own, put_off_by, snooze, source_of
from rmhr.reminders.queries.standin import Away, stood_in_for
from rmhr.reminders.queries.team import LateColleague, LateTeam, LateUnit, late_in_team, late_in_units
from rmhr.reminders.queries.today import (
    HORIZON,
    Ladders,
    Owed,
    employment,
    ladders,
    owed_by,
    region_of,
    waiting_for,
    week_end,
)

__all__ = [
    "HORIZON",
    "SCHEDULER",
    "Awaited",
    "Away",
    "JobState",
    "Ladders",
    "LateColleague",
    "LateTeam",
    "LateUnit",
    "Outcome",
    "Owed",
    "asks",
    "awaited",
    "awaited_by",
    "days_to_choose",
    "employment",
    "failures",
    "first_mail",
    "heartbeat",
    "job_states",
    "ladders",
    "last_day",
    "late_in_team",
    "late_in_units",
    "mail",
    "mails",
    "next_hour",
    "of_kind",
    "owed_by",
    "own",
    "put_off_by",
    "region_of",
    "snooze",
    "source_of",
    "stood_in_for",
    "waiting_for",
    "week_end",
]
