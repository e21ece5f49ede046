"""What of interviews hangs on a person: places on panels that are still to meet, and scorecards only they can write."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.accounts import policies
from rmhr.core import clock
from rmhr.core.db import Rows, db, this_moment
from rmhr.core.errors import NotPossible
from rmhr.core.flow.handing_over import hangs, hangs_alone
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _
from rmhr.core.policy import Actor
from rmhr.interviews import operations
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application
from rmhr.models.interviews import Interview, InterviewStatus, PanelSeat, Scorecard, ScorecardStatus
from rmhr.models.postings import Posting


def _seats() -> Rows:
    return (
        sa.select(
            PanelSeat.interviewer_id.label("user_id"),
            Interview.id.label("subject_id"),
            # Not the candidate: whoever records that somebody leaves need not know who applies here.
            Posting.title.label("what"),
        )
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Posting, Posting.id == Application.posting_id)
    )


def _to_come() -> Rows:
    return _seats().where(Interview.status == InterviewStatus.PLANNED, Interview.starts_at > this_moment())


def _unwritten() -> Rows:
    return (
        _seats()
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .where(
            Scorecard.status == ScorecardStatus.DRAFT,
            Interview.starts_at <= this_moment(),
            Interview.status.in_((InterviewStatus.PLANNED, InterviewStatus.HELD)),
        )
    )


@hangs(
    "interviews.panels",
    label=_("Interviews that they are to hold"),
    find=_to_come,
    endpoint="interviews.show",
    roles=(Role.INTERVIEWER,),
)
@operation(allow=policies.MANAGE, done=_("Place on the panel handed over"))
def hand_over_panels(actor: Actor, person: User, *, successor: User) -> int:
    """Put the successor on the panels, as far as they have time; everybody is told. How many interviews."""
    found = db.session.scalars(
        sa.select(Interview)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .where(
            PanelSeat.interviewer_id == person.id,
            Interview.status == InterviewStatus.PLANNED,
            Interview.starts_at > clock.now(),
        )
        .order_by(Interview.starts_at)
    ).unique()
    done = 0
    for interview in found.all():
        staying = [seat.interviewer for seat in interview.seats if seat.interviewer_id != person.id]
        try:
            operations.move(
                actor,
                interview,
                kind=interview.kind,
                starts_at=interview.starts_at,
                minutes=int((interview.ends_at - interview.starts_at).total_seconds() // 60),
                place=interview.place,
                message=interview.message,
                panel=list(dict.fromkeys([*staying, successor])),
            )
        except NotPossible:
            continue  # HR owes it: another person, or another time
        done += 1
    return done


hangs_alone(
    "interviews.scorecards",
    label=_("Scorecards that they have not handed in"),
    find=_unwritten,
    endpoint="interviews.show",
    alone=_("Nobody else can write them: have them handed in before the last day."),
)
