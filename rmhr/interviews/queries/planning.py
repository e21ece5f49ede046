"""What a plan is made of: rounds, questions, people, and whether they are free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from rmhr.accounts import queries as accounts
from rmhr.accounts.queries import confidential
from rmhr.applications.queries import disclosures
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core.db import db
from rmhr.core.i18n import gettext
from rmhr.duties.queries.bodies import Body
from rmhr.interviews.queries.meetings import PLAYED, STANDS
from rmhr.models.accounts import Employee, RmType, Role, User
from rmhr.models.applications import Applicant, Application, Party
from rmhr.models.competencies import Competency, CompetencyProfile
from rmhr.models.interviews import (
    Interview,
    InterviewQuestion,
    InterviewStatus,
    KitQuestion,
    KitScenario,
    PanelSeat,
    Round,
    Scenario,
)
from rmhr.models.postings import Posting

#: When interviews can be planned: the first, and further ones after it.
PLANNABLE = (*APPLICATIONS["invite"].sources, APPLICATIONS["invite"].target)


def why_not_plan(application: Application) -> str | None:
    """Why no interview can be planned with this applicant now; None where it can.

    The range is told before the interview (Art. 5(1) Directive (EU) 2023/970), in the invitation at the latest: so
    there must be one to tell, unless this person knows it already.
    """
    if application.status not in PLANNABLE:
        return gettext(
            "An interview can be planned once somebody is shortlisted and while nothing is decided."
        )
    posting = application.posting
    if not application.pay_notices and (posting.pay_min is None or posting.pay_max is None):
        return gettext(
            "%(name)s does not know the pay range, and the posting has none. Enter it in the posting "
            "first: it must be known before the interview, and the invitation states it.",
            name=application.name,
        )
    return None


def representative(application: Application) -> Body | None:
    """The body of severely disabled employees, where it may take part (section 178(2) sentence 4 SGB IX)."""
    said = disclosures.standing(application)
    return disclosures.body(said, Party.REPRESENTATIVE) if said is not None else None


def rounds() -> Sequence[Round]:
    """The kinds of interview, in their order."""
    return db.session.scalars(sa.select(Round).order_by(Round.position)).all()


def bank(round: Round) -> dict[Competency, list[InterviewQuestion]]:
    """The questions that may be asked in a round, by competency, in its order."""
    query = (
        sa.select(InterviewQuestion)
        .join(Competency)
        .where(Competency.code.in_(round.competencies))
        .options(joinedload(InterviewQuestion.competency))
        .order_by(InterviewQuestion.position, InterviewQuestion.id)
    )
    found = db.session.scalars(query).all()
    by_code: dict[str, list[InterviewQuestion]] = {code: [] for code in round.competencies}
    for question in found:
        by_code[question.competency.code].append(question)
    return {questions[0].competency: questions for questions in by_code.values() if questions}


def scenarios(round: Round) -> list[Scenario]:
    """The scenarios that can be part of a round, in its order."""
    query = (
        sa.select(Scenario)
        .where(Scenario.code.in_(round.scenarios))
        .options(joinedload(Scenario.competency, innerjoin=True), selectinload(Scenario.cases))
    )
    found = {each.code: each for each in db.session.scalars(query)}
    return [found[code] for code in round.scenarios if code in found]


def kit_of(posting: Posting, round: Round) -> Sequence[KitQuestion]:
    """What candidates for this posting were asked in this round already: the next are asked the same."""
    query = sa.select(KitQuestion).where(KitQuestion.interview_id == _first(posting, round))
    query = query.order_by(KitQuestion.position)
    return db.session.scalars(query.options(joinedload(KitQuestion.competency))).all()


def played_in(posting: Posting, round: Round) -> Sequence[KitScenario]:
    """The scenarios that those candidates were given."""
    query = sa.select(KitScenario).where(KitScenario.interview_id == _first(posting, round))
    return db.session.scalars(query.options(PLAYED).order_by(KitScenario.id)).unique().all()


def _first(posting: Posting, round: Round) -> sa.ScalarSelect[int | None]:
    """The first interview of this round for this posting: those after it have its kit."""
    return (
        sa.select(sa.func.min(Interview.id))
        .join(Application, Application.id == Interview.application_id)
        .where(Application.posting_id == posting.id, Interview.round_id == round.id, STANDS)
        .correlate(None)
        .scalar_subquery()
    )


def targets(rm_type: RmType) -> dict[int, int]:
    """The level that is expected of a type of RM, by competency id."""
    query = sa.select(CompetencyProfile.competency_id, CompetencyProfile.target_level)
    found = db.session.execute(query.where(CompetencyProfile.rm_type == rm_type))
    return {row.competency_id: row.target_level for row in found}


def hold_diaries(people: Iterable[int], application: Application) -> None:
    """Keep everybody else from planning with these people and this candidate until this transaction is over.

    Who comes second waits here, and then sees what the first one has planned.
    """
    candidate = sa.select(Applicant.id).where(Applicant.id == application.applicant_id)
    db.session.execute(candidate.with_for_update())
    panel = sa.select(User.id).where(User.id.in_(list(people))).order_by(User.id)
    db.session.execute(panel.with_for_update())


def clashes(
    people: Iterable[int], starts_at: datetime, ends_at: datetime, but: int | None = None
) -> list[tuple[User, Interview]]:
    """Who of these people sits in another interview at that time, and in which."""
    query = (
        sa.select(PanelSeat)
        .join(Interview, Interview.id == PanelSeat.interview_id)
        .where(
            PanelSeat.interviewer_id.in_(list(people)),
            Interview.status == InterviewStatus.PLANNED,
            Interview.starts_at < ends_at,
            Interview.ends_at > starts_at,
            Interview.id != (but or 0),
        )
        .options(
            joinedload(PanelSeat.interviewer, innerjoin=True), joinedload(PanelSeat.interview, innerjoin=True)
        )
        .order_by(PanelSeat.interviewer_id)
    )
    return [(seat.interviewer, seat.interview) for seat in db.session.scalars(query).unique()]


def double_booked(
    application: Application, starts_at: datetime, ends_at: datetime, but: int | None = None
) -> bool:
    """Whether the candidate has another interview at that time."""
    query = sa.select(Interview.id).where(
        Interview.application_id.in_(
            sa.select(Application.id).where(Application.applicant_id == application.applicant_id)
        ),
        Interview.status == InterviewStatus.PLANNED,
        Interview.starts_at < ends_at,
        Interview.ends_at > starts_at,
        Interview.id != (but or 0),
    )
    return db.session.scalar(query.limit(1)) is not None


def interviewers(application: Application) -> Sequence[tuple[User, str]]:
    """Who can be asked to interview this person, with what they do, by name."""
    people = confidential.who_may_know(application, accounts.people.with_role(Role.INTERVIEWER))
    titles = sa.select(Employee.user_id, Employee.job_title).where(
        Employee.user_id.in_([u.id for u in people])
    )
    title = {row.user_id: row.job_title for row in db.session.execute(titles)}
    return [(person, title.get(person.id, "")) for person in people]
