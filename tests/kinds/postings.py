"""Postings, their teams, the coach, question sets."""

from __future__ import annotations

from typing import Any

from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.criteria import QuestionKind, QuestionSet
from rmhr.models.postings import HiringTeamMember, Posting, PostingStatus, SectionKind, TeamPart
from rmhr.postings import operations
from rmhr.postings.coach import advice
from tests.factories.accounts import user
from tests.factories.applications import application
from tests.factories.postings import posting, posting_template, question_set, requisition
from tests.kinds import Edit, NextStep, Opened, Pair, Twice, deletes


def _written() -> Opened:
    draft = posting(status=PostingStatus.DRAFT, place="At first")

    def meanwhile() -> None:
        operations.postings.revise(draft.recruiter, draft, facts={"place": "Theirs"}, sections={})

    sent = {
        "title-en": "Relationship Manager (f/m/x)",
        "title-de": "Relationship Manager (m/w/d)",
        "unit_id": draft.unit_id,
        "level": draft.level.value,
        "place": "What I typed",
        "employment": draft.employment.value,
        "remote_work": draft.remote_work.value,
        "audience": draft.audience.value,
        "answer_days": draft.answer_days,
        "openings": draft.openings,
        "pay_min": "58000",
        "pay_max": "74000",
        "currency": draft.currency,
        "pay_period": draft.pay_period.value,
        "hiring_manager_id": draft.hiring_manager_id,
        "recruiter_id": draft.recruiter_id,
    }
    return Opened(
        draft,
        draft.hiring_manager,
        f"/postings/{draft.id}/edit",
        sent,
        meanwhile,
        lambda: draft.place,
        "Theirs",
    )


def _paused() -> Opened:
    it = posting()

    def meanwhile() -> None:
        operations.postings.revise(it.recruiter, it, facts={"contact_phone": "040 1"}, sections={})

    return Opened(
        it, user(Role.HR), f"/postings/{it.id}/pause", {"note": "What I typed"}, meanwhile, lambda: it.status
    )


def _answered() -> Opened:
    text = {SectionKind.SUMMARY: Words.both("We are a young team.", "Wir sind ein junges Team.")}
    it = posting(status=PostingStatus.DRAFT)
    operations.postings.revise(it.recruiter, it, facts={}, sections=text)
    finding = next(each.key for each in advice.worth_a_look(it) if each.check == "age_words")

    def meanwhile() -> None:
        operations.findings.answer(it.recruiter, it, finding=finding, note="Their reason")

    def stored() -> Any:
        notes = operations.findings.findings.notes(it)
        return [note.note for note in notes]

    sent = {"finding": finding, "note": "What I typed"}
    return Opened(it, it.hiring_manager, f"/postings/{it.id}/coach", sent, meanwhile, stored, "Their reason")


_ONE = {
    "kind": QuestionKind.TEXT,
    "text": Words.both("Which licence?", "Welche Zulassung?"),
    "choices": [],
    "required": True,
}


def _set() -> Opened:
    hr, it = user(Role.HR), question_set(name="At first")

    def meanwhile() -> None:
        operations.question_sets.revise_set(hr, it, name="Their name", questions=[_ONE])

    sent = {
        "name": "What I typed",
        "questions-0-order": "1",
        "questions-0-kind": "text",
        "questions-0-text-en": "Which licence?",
        "questions-0-text-de": "Welche Zulassung?",
    }
    return Opened(
        it,
        user(Role.HR),
        f"/postings/question-sets/{it.id}",
        sent,
        meanwhile,
        lambda: it.name,
        "Their name",
    )


EDITS = [
    Edit("postings.edit", _written),
    Edit("postings.transition", _paused, name="pause"),
    Edit("postings.coach", _answered),
    Edit("question_sets.edit", _set),
    deletes("question_sets.delete", _set),
]

NO_EDIT = {
    "postings.audience": "a confirmation that says nothing; refused where it is switched already",
    "postings.discard": "one click on one's own draft",
    "postings.draft": "keeps what one person types beside the posting; nobody else has it",
    "postings.leave_team": "one click that says nothing",
    "postings.take_back_answer": "one click that says nothing",
    "postings.team": "adds one more; who is there already is not offered",
}


def _closed_with_an_application() -> Posting:
    it = posting(status=PostingStatus.CLOSED)
    application(ApplicationStatus.SCREENING, posting=it)
    return it


NEXT_STEPS = [
    NextStep("postings", "draft", lambda: posting(status=PostingStatus.DRAFT)),
    NextStep("postings", "approved", lambda: posting(status=PostingStatus.APPROVED)),
    NextStep("postings", "in_approval", lambda: _submitted()),
    NextStep("postings", "published", posting),
    NextStep("postings", "paused", lambda: posting(status=PostingStatus.PAUSED)),
    NextStep("postings", "closed", _closed_with_an_application),
]


def _submitted() -> Posting:
    hr = user(Role.HR)
    return posting(status=PostingStatus.IN_APPROVAL, recruiter=hr, submitted_by=hr)


def _begun() -> Twice:
    hr, other = user(Role.HR), user(Role.HR)
    asked, manager = requisition(positions=1), user(Role.SUPERVISOR)
    posting_template()
    sent = {"requisition_id": asked.id, "hiring_manager_id": manager.id}
    return Twice(
        (hr, "/postings/new", sent),
        (other, "/postings/new", sent),
        lambda id=asked.id: db.session.query(Posting).filter_by(requisition_id=id).count(),
    )


def _kept() -> Twice:
    hr, other = user(Role.HR), user(Role.HR)
    sent = {
        "name": "Licences",
        "questions-0-order": "1",
        "questions-0-kind": "text",
        "questions-0-text-en": "Which licence?",
        "questions-0-text-de": "Welche Zulassung?",
    }
    return Twice(
        (hr, "/postings/question-sets/new", sent),
        (other, "/postings/question-sets/new", sent),
        lambda: db.session.query(QuestionSet).filter_by(name="Licences").count(),
    )


def _joined() -> Twice:
    it, helper, hr = posting(), user(Role.INTERVIEWER), user(Role.HR)
    sent = {"user_id": helper.id, "part": TeamPart.INTERVIEWER.value}
    return Twice(
        (it.recruiter, f"/postings/{it.id}/team", sent),
        (hr, f"/postings/{it.id}/team", sent),
        lambda id=it.id: db.session.query(HiringTeamMember).filter_by(posting_id=id).count(),
    )


PAIRS = [
    Pair("postings.new", _begun),
    Pair("question_sets.new", _kept),
    Pair("postings.team", _joined),
]
