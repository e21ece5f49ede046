"""Interviews, starting from what this person may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from rmhr.accounts.queries import confidential
from rmhr.applications.queries.applications import WHO, WHO_IN_SHORT, shows_applications
from rmhr.core import clock
from rmhr.core.db import FromLeft, Rows, db
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.competencies import Competency
from rmhr.models.interviews import (
    Interview,
    InterviewStatus,
    KitQuestion,
    KitScenario,
    PanelSeat,
    Scenario,
    Scorecard,
    ScorecardStatus,
)
from rmhr.models.postings import Posting

#: What an interview that takes place or took place is.
STANDING = (InterviewStatus.PLANNED, InterviewStatus.HELD)
#: The condition for it.
STANDS = Interview.status.in_(STANDING)
#: Whom it is about, and in which round.
ABOUT = (
    joinedload(Interview.application, innerjoin=True).options(*WHO),
    joinedload(Interview.round, innerjoin=True),
)
#: Of a scenario in a kit: its competency, and what its levels mean.
PLAYED = joinedload(KitScenario.scenario, innerjoin=True).options(
    joinedload(Scenario.competency, innerjoin=True), joinedload(Scenario.anchors)
)
#: The questions and scenarios, with the competencies that they are about and what their levels mean.
KIT = (
    selectinload(Interview.questions)
    .joinedload(KitQuestion.competency, innerjoin=True)
    .joinedload(Competency.anchors),
    selectinload(Interview.scenarios).options(PLAYED),
)
#: The candidate, for what is ordered by: a list that is ordered otherwise does not ask.
CANDIDATE = (
    sa.select(Application.name)
    .where(Application.id == Interview.application_id)
    .correlate(Interview)
    .scalar_subquery()
)
#: What a list says of that.
_IN_SHORT = (
    joinedload(Interview.application, innerjoin=True).options(*WHO_IN_SHORT),
    joinedload(Interview.round, innerjoin=True),
)
#: Who sits on the panel, what they do, and their scorecards. Not `innerjoin` below what may be empty: SQLite would put
#: all panels of the bank together first.
_PANEL = joinedload(Interview.seats).options(
    joinedload(PanelSeat.scorecard),
    joinedload(PanelSeat.interviewer).joinedload(User.employee),
)


def _sat_on(user: User) -> sa.ColumnElement[bool]:
    seats = sa.select(PanelSeat.interview_id).where(PanelSeat.interviewer_id == user.id)
    return Interview.id.in_(seats)


def _known_to(user: User) -> sa.ColumnElement[bool]:
    return Interview.application_id.not_in(confidential.hidden_from(user))


def _led_by(user: User) -> sa.ColumnElement[bool]:
    theirs = (
        sa.select(Application.id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Posting.hiring_manager_id == user.id)
    )
    return Interview.application_id.in_(theirs)


def visible_to(viewer: User) -> sa.Select[Any]:
    """HR sees all interviews, the others those they sit in and those about people whom they will lead."""
    query = sa.select(Interview).where(_known_to(viewer))
    if viewer.has(Role.HR):
        return query
    return query.where(sa.or_(_sat_on(viewer), _led_by(viewer)))


@shows_applications
def interviewed_by(viewer: User) -> Rows:
    """The applications of those whom this person interviews: the panel may see them."""
    return (
        sa.select(Interview.application_id)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .where(PanelSeat.interviewer_id == viewer.id, STANDS)
    )


def get(viewer: User, id: int) -> Interview:
    """One interview with panel and kit, or 404 where the viewer may not know of it."""
    query = (
        visible_to(viewer)
        .where(Interview.id == id)
        .options(
            *ABOUT,
            _PANEL,
            *KIT,
            joinedload(Interview.application, innerjoin=True).options(
                joinedload(Application.cv), joinedload(Application.reading)
            ),
            joinedload(Interview.planned_by),
        )
    )
    found: Interview | None = db.session.scalars(query).unique().one_or_none()
    return found or abort(404)


def these(viewer: User, ids: Sequence[int]) -> Sequence[Interview]:
    """Those of these interviews that this person may see, with their rounds and applicants."""
    query = visible_to(viewer).where(Interview.id.in_(ids))
    return db.session.scalars(query.options(*ABOUT)).unique().all()


def of_applicant(applicant: Applicant, id: int) -> Interview:
    """One of an applicant's own interviews, or 404."""
    query = (
        sa.select(Interview)
        .join(Application, Application.id == Interview.application_id)
        .where(Interview.id == id, Application.applicant_id == applicant.id, STANDS)
        .options(*ABOUT, _PANEL, selectinload(Interview.questions), joinedload(Interview.planned_by))
    )
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def of_application(application: Application) -> Sequence[Interview]:
    """All interviews of an application with their panels, the first one first."""
    query = (
        sa.select(Interview)
        .where(Interview.application_id == application.id)
        .options(joinedload(Interview.round, innerjoin=True), _PANEL)
        .order_by(Interview.starts_at, Interview.id)
    )
    return db.session.scalars(query).unique().all()


def to_come(applicant: Applicant) -> dict[int, list[Interview]]:
    """What this person is invited to and is not over, by application, the first one first. Two queries at most."""
    query = (
        sa.select(Interview)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Application.applicant_id == applicant.id,
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at > clock.now(),
        )
        .options(
            joinedload(Interview.round, innerjoin=True),
            selectinload(Interview.seats).joinedload(PanelSeat.interviewer, innerjoin=True),
        )
        .order_by(Interview.starts_at, Interview.id)
    )
    found: dict[int, list[Interview]] = {}
    for interview in db.session.scalars(query):
        found.setdefault(interview.application_id, []).append(interview)
    return found


def listed(viewer: User) -> sa.Select[Any]:
    """The interviews of a list: with the applicant and the posting, and how many scorecards are in."""
    scorecards = (
        sa.select(sa.func.count(Scorecard.id))
        .select_from(FromLeft(PanelSeat.__table__, Scorecard.__table__, Scorecard.seat_id == PanelSeat.id))
        .where(PanelSeat.interview_id == Interview.id)
        .correlate(Interview)
    )
    seats = scorecards.where(Scorecard.status != ScorecardStatus.EXCUSED).scalar_subquery()
    handed_in = scorecards.where(Scorecard.status == ScorecardStatus.SUBMITTED).scalar_subquery()
    return (
        visible_to(viewer).add_columns(seats.label("seats"), handed_in.label("handed_in")).options(*_IN_SHORT)
    )


def sat_by(viewer: User) -> Sequence[tuple[Interview, Scorecard]]:
    """Every interview in which this person sits, with their own scorecard, the soonest first."""
    query = (
        sa.select(Interview, Scorecard)
        .join(PanelSeat, PanelSeat.interview_id == Interview.id)
        .join(Scorecard, Scorecard.seat_id == PanelSeat.id)
        .where(PanelSeat.interviewer_id == viewer.id, _known_to(viewer))
        .options(*_IN_SHORT)
        .order_by(Interview.starts_at, Interview.id)
    )
    return [(interview, card) for interview, card in db.session.execute(query).unique()]
