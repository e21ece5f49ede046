"""What administrators do with the scheduler's jobs: pause one, and let it go on."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from rmhr.core.db import db
from rmhr.core.due.jobs import Job
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.models.system import JobPause
from rmhr.system import policies, queries


@operation(allow=policies.LOOK_AFTER, done=_("Job paused"))
def pause(actor: Actor, job: Job, *, reason: str) -> JobPause:
    """Let the scheduler leave a job alone until it is to go on. Raises NotPossible where it is paused already."""
    if queries.jobs.is_paused(job.name):
        raise NotPossible(gettext("This job is paused already."))
    made = JobPause(job=job.name, reason=reason, paused_by=actor)
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError:
        # Another administrator was faster, by less than a look.
        raise NotPossible(gettext("This job is paused already.")) from None
    return made


@operation(allow=policies.LOOK_AFTER, done=_("Job resumed"))
def go_on(_actor: Actor, job: Job) -> None:
    """Let the scheduler run a job again. Raises NotPossible where it is not paused."""
    paused = queries.jobs.pause_of(job.name)
    if paused is None:
        raise NotPossible(gettext("This job is not paused."))
    db.session.delete(paused)
