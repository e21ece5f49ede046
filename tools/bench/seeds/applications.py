"""Applications: to open postings in every status, to those that are over mostly refused; each with a CV of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationAnswer,
    ApplicationStatus,
    Disability,
    Disclosure,
    DisclosureStep,
    Opinion,
    Party,
    RejectionReason,
    ScreeningMark,
    StepKind,
    Verdict,
)
from rmhr.models.criteria import Criterion, Question, QuestionKind
from rmhr.models.documents import Document, TextState
from rmhr.models.postings import Posting
from tools.bench.seeds import postings
from tools.bench.seeds.names import REASONS, curriculum, person
from tools.bench.seeds.rows import FIRST, add, day, derive, mixed, moment, stamped
from tools.bench.sizes import Size

S = ApplicationStatus
#: Of a hundred applications to a posting: how many stand where.
WHILE_OPEN = (
    (S.RECEIVED, 25), (S.SCREENING, 25), (S.SHORTLISTED, 12), (S.INTERVIEWING, 10), (S.APPROVED, 2),
    (S.OFFERED, 2), (S.REJECTED, 20), (S.WITHDRAWN, 4),
)  # fmt: skip
ONCE_OVER = ((S.HIRED, 3), (S.REJECTED, 88), (S.WITHDRAWN, 9))
#: Of a hundred that were refused: how many came as far as an interview.
INTERVIEWED = 8
#: One of so many applicants has told of a severe disability.
DISCLOSED = 30
#: The months for which what is over is kept, in days.
KEPT = 180
ANSWERS = {
    QuestionKind.TEXT: "Seit drei Jahren, zuletzt mit eigenem Bestand.",
    QuestionKind.YES_NO: "yes",
    QuestionKind.SINGLE: "0",
    QuestionKind.MULTIPLE: "0",
    QuestionKind.NUMBER: "5",
    QuestionKind.PERCENTAGE: "80",
    QuestionKind.DATE: "2027-02-01",
    QuestionKind.RATING: "4",
}


@dataclass(frozen=True)
class Life:
    """What became of one application."""

    number: int
    posting: int  # the number of its posting
    status: ApplicationStatus
    was: ApplicationStatus | None
    received_at: datetime
    closed_on: date | None

    @property
    def id(self) -> int:
        return FIRST + self.number

    @property
    def met(self) -> bool:
        """Whether somebody has interviewed this person, or is about to."""
        return S.INTERVIEWING in (self.status, self.was) or self.status in (S.APPROVED, S.OFFERED, S.HIRED)


def lives(size: Size) -> Iterator[Life]:
    """All of them, by number."""
    return (_life(number, number % size.postings) for number in range(size.applications))


def _life(number: int, posting: int) -> Life:
    is_open = postings.is_open(posting)
    status = _drawn(WHILE_OPEN if is_open else ONCE_OVER, mixed(number, "status", 100))
    span = (day() - postings.published_on(posting)).days if is_open else 38
    late = S.RECEIVED is status
    since = mixed(number, "received", min(span, 4) if late else span)
    received = day(-since) if is_open else postings.closed_on(posting) - timedelta(days=since)
    over = None
    if status in (S.REJECTED, S.WITHDRAWN, S.HIRED):
        over = min(day(), received + timedelta(days=20)) if is_open else postings.closed_on(posting)
    was = None
    if status in (S.REJECTED, S.WITHDRAWN):
        was = S.INTERVIEWING if mixed(number, "met", 100) < INTERVIEWED else S.SCREENING
    at = moment(received, 7 + mixed(number, "hour", 14), mixed(number, "minute", 60))
    return Life(number, posting, status, was, at, over)


def _drawn(shares: tuple[tuple[ApplicationStatus, int], ...], chance: int) -> ApplicationStatus:
    for status, share in shares:
        chance -= share
        if chance < 0:
            return status
    raise ValueError("the shares are no hundred")


def fill(size: Size) -> None:
    """Applicants, CVs, applications, their answers and what was judged of them."""
    privacy = db.session.scalars(sa.select(Application.privacy_text_id).limit(1)).one()
    reasons = list(db.session.scalars(sa.select(RejectionReason.id).order_by(RejectionReason.id)))
    add(Applicant, (_applicant(it) for it in lives(size)))
    add(Document, (_cv(it) for it in lives(size)))
    add(Application, (_application(it, privacy, reasons) for it in lives(size)))
    derive(
        ApplicationAnswer,
        {
            "application_id": Application.id,
            "question_id": Question.id,
            "answer": sa.case(
                *((Question.kind == kind, sa.literal(answer)) for kind, answer in ANSWERS.items()), else_=""
            ),
        },
        lambda query: query.join_from(
            Application, Question, Question.version_id == Application.posting_version_id
        ).where(Application.id >= FIRST, Question.kind != QuestionKind.FILE),
    )
    chance = (Application.id + Criterion.position) % len(Verdict)
    verdicts = ((chance == number, _verdict(verdict)) for number, verdict in enumerate(Verdict))
    derive(
        ScreeningMark,
        {
            "application_id": Application.id,
            "criterion_id": Criterion.id,
            "verdict": sa.case(*verdicts),
            "evidence": "",
            "marked_by_id": Posting.recruiter_id,
            "created_at": Application.received_at,
            "updated_at": Application.received_at,
        },
        lambda query: (
            query.join_from(Application, Criterion, Criterion.version_id == Application.posting_version_id)
            .join(Posting, Posting.id == Application.posting_id)
            .where(Application.id >= FIRST, Application.status != S.RECEIVED)
        ),
    )
    _disclosures()


def _disclosures() -> None:
    """Of so many applicants one has told of a severe disability; both bodies were told, and heard before a decision."""
    derive(
        Disclosure,
        {
            "application_id": Application.id,
            "kind": Disability.SEVERE,
            "objects": False,
            "said_at": Application.received_at,
            "tell_by": sa.func.date(Application.received_at),
            "source": "",
            "uninvited_why": "",
            "created_at": Application.received_at,
            "updated_at": Application.received_at,
            "version": 1,
        },
        lambda query: query.select_from(Application).where(
            Application.id >= FIRST, Application.id % DISCLOSED == 0
        ),
    )
    for party in (Party.REPRESENTATIVE, Party.WORKS_COUNCIL):
        derive(
            DisclosureStep,
            {
                "disclosure_id": Disclosure.id,
                "kind": StepKind.TOLD,
                "party": party,
                "at": Disclosure.said_at,
                "day": Disclosure.tell_by,
                "how": f"{party.value}@bank.example",
            },
            lambda query: query.select_from(Disclosure).where(Disclosure.application_id >= FIRST),
        )
    decided = (S.APPROVED, S.OFFERED, S.HIRED, S.REJECTED)
    derive(
        DisclosureStep,
        {
            "disclosure_id": Disclosure.id,
            "kind": StepKind.HEARD,
            "party": Party.REPRESENTATIVE,
            "at": Application.status_since,
            "day": sa.func.date(Application.status_since),
            "how": "Am Telefon",
            "opinion": Opinion.AGREES,
            "by_id": Posting.recruiter_id,
        },
        lambda query: (
            query.select_from(Disclosure)
            .join(Application, Application.id == Disclosure.application_id)
            .join(Posting, Posting.id == Application.posting_id)
            .where(Application.id >= FIRST, Application.status.in_(decided))
        ),
    )


def _verdict(verdict: Verdict) -> Any:
    return sa.literal(verdict, ScreeningMark.__table__.c.verdict.type)


def _applicant(it: Life) -> dict[str, Any]:
    return {"id": it.id, "email": f"bewerbung{it.number}@example.org", **stamped(it.received_at, None)}


def _cv(it: Life) -> dict[str, Any]:
    text = curriculum(it.number, person(it.number, "applicant"))
    return {
        "id": it.id,
        "key": f"bench-{it.number}",
        "name": f"Lebenslauf {it.number}.pdf",
        "content_type": "application/pdf",
        "size": 20 * len(text),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "text": text,
        "text_state": TextState.FOUND,
        "pages": 1 + it.number % 2,
        "created_at": it.received_at,
    }


def _application(it: Life, privacy: int, reasons: list[int]) -> dict[str, Any]:
    received = it.received_at.date()
    since = moment(it.closed_on) if it.closed_on else it.received_at
    return {
        "id": it.id,
        "posting_id": FIRST + it.posting,
        "posting_version_id": FIRST + it.posting,
        "applicant_id": it.id,
        "status": it.status,
        "status_since": max(since, it.received_at),
        "was": it.was,
        "name": person(it.number, "applicant"),
        "phone": f"+49 40 {5_550_000 + it.number}",
        "language": ("de", "en")[it.number % 2],
        "motivation": REASONS[mixed(it.number, "why", len(REASONS))],
        "cv_id": it.id,
        "privacy_text_id": privacy,
        "privacy_at": it.received_at,
        "received_at": it.received_at,
        "screen_by": received + timedelta(days=5),
        "rejection_reason_id": reasons[it.number % len(reasons)] if it.status is S.REJECTED else None,
        "interview_by": day(3 + it.number % 14) if it.status is S.SHORTLISTED else None,
        "closed_at": max(since, it.received_at) if it.closed_on else None,
        "delete_on": it.closed_on + timedelta(days=KEPT)
        if it.closed_on and it.status is not S.HIRED
        else None,
        **stamped(it.received_at),
    }
