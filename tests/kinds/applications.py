"""Applications: the bench, the statuses, and two forms at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.applications import operations
from rmhr.applications.workflow import FLOW
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.applications import OVER, Application, ApplicationStatus, Verdict
from rmhr.models.interviews import InterviewStatus
from rmhr.models.offers import OfferStatus
from tests.applications.support import address, filled
from tests.factories import applications, interviews, offers, postings
from tests.factories.accounts import employee, user
from tests.kinds import Edit, NextStep, Opened, Pair, Twice

S = ApplicationStatus


def _bench() -> Opened:
    it = applications.application(S.SCREENING)
    hr, other = user(Role.HR), user(Role.HR)
    criterion = it.posting_version.criteria[0]

    def meanwhile() -> None:
        operations.judge(other, it, verdicts={criterion.id: (Verdict.MET, "Theirs")})

    def stored() -> Any:
        return [(mark.verdict, mark.evidence) for mark in it.marks]

    sent = {f"verdict-{criterion.id}": "not_met", f"evidence-{criterion.id}": "What I typed"}
    return Opened(it, hr, f"/applications/{it.id}/screening", sent, meanwhile, stored, "Theirs")


def _moved(
    verb: str, status: S, sent: dict[str, Any], meanwhile: Callable[[Application], None]
) -> Callable[[], Opened]:
    def opened() -> Opened:
        it = applications.judged(applications.application(status))
        if verb == "set_aside":
            applications.application(S.REPLACED, posting=it.posting, applicant=it.applicant)
        if verb == "reject":
            sent["reason"] = applications.rejection_reason().code
        return Opened(
            it, user(Role.HR), f"/applications/{it.id}/{verb}", sent, lambda: meanwhile(it), lambda: it.status
        )

    return opened


def _judged_meanwhile(it: Application) -> None:
    hr = user(Role.HR)
    criterion = it.posting_version.criteria[0]
    operations.judge(hr, it, verdicts={criterion.id: (Verdict.NOT_MET, "Theirs")})


def _rejected_anew(it: Application) -> None:
    hr = user(Role.HR)
    FLOW.perform(hr, it, "reopen", note="x", tell=False)
    FLOW.perform(hr, it, "reject", reason=applications.rejection_reason().code)


def _withdrawn_anew(it: Application) -> None:
    FLOW.perform(it.applicant, it, "come_back", note="x")
    FLOW.perform(it.applicant, it, "withdraw")


def _own(verb: str, status: S, meanwhile: Callable[[Application], None]) -> Callable[[], Opened]:
    def opened() -> Opened:
        it = applications.application(status)
        if verb == "set_aside":
            applications.application(S.REPLACED, posting=it.posting, applicant=it.applicant)
        return Opened(
            it,
            it.applicant,
            f"/careers/my-application/{it.id}/{verb}",
            {"note": "What I typed"},
            lambda: meanwhile(it),
            lambda: it.status,
        )

    return opened


EDITS = [
    Edit("applications.screening", _bench),
    Edit(
        "applications.transition",
        _moved("reject", S.SCREENING, {"personal": "What I typed"}, _judged_meanwhile),
        "reject",
    ),
    Edit("applications.transition", _moved("shortlist", S.SCREENING, {}, _judged_meanwhile), "shortlist"),
    Edit(
        "applications.transition",
        _moved("reopen", S.REJECTED, {"note": "What I typed"}, _rejected_anew),
        "reopen",
    ),
    Edit(
        "applications.transition",
        _moved("resume", S.WITHDRAWN, {"note": "What I typed"}, _withdrawn_anew),
        "resume",
    ),
    Edit(
        "applications.transition",
        _moved("set_aside", S.SCREENING, {"note": "What I typed"}, _judged_meanwhile),
        "set_aside",
    ),
    Edit("status.transition", _own("withdraw", S.SCREENING, _judged_meanwhile), "withdraw"),
    Edit("status.transition", _own("come_back", S.WITHDRAWN, _withdrawn_anew), "come_back"),
    Edit("status.transition", _own("set_aside", S.SCREENING, _judged_meanwhile), "set_aside"),
]
NO_EDIT = {
    "apply.new": "makes a new application; what another form has sent stays whole",
    "internal.new": "makes a new application; what was sent before stays whole",
    "applications.bulk": "each of many is moved only as it was seen; a refusal stands at its row",
    "applications.original": "one click that says nothing; once a day is enough",
    "status.again": "mails a new link; what is stored stays",
    "status.open": "one click, good once",
    "status.agree": "one tick that can only be set, and says nothing",
    "status.disclose": "the person tells of themselves; what they tell last holds",
    "status.take_back": "a confirmation that says nothing; twice is as once",
    "disclosures.note": "what the person has told last holds, whoever writes it down",
    "disclosures.take_back": "a confirmation that says nothing; twice is as once",
    "disclosures.step": "adds a proof; those that are there stay",
    "disclosures.uninvited": "a reason, given once; there is no form for it afterwards",
    "disclosures.decision": "sends a letter; those that were sent stay",
    "status.keep_from_supervisor": "one tick that can only be taken back, and says nothing",
}


def _interviewing() -> Application:
    it = applications.application(S.INTERVIEWING)
    interviews.interview(InterviewStatus.PLANNED, application=it)
    return it


def _approved() -> Application:
    it = applications.application(S.APPROVED)
    offers.offer(OfferStatus.DRAFT, application=it)
    return it


def _offered() -> Application:
    return offers.offer(OfferStatus.SENT).application


NEXT_STEPS = [
    NextStep("applications", "received", lambda: applications.application(S.RECEIVED)),
    NextStep("applications", "screening", lambda: applications.application(S.SCREENING)),
    NextStep("applications", "shortlisted", lambda: applications.application(S.SHORTLISTED)),
    NextStep("applications", "interviewing", _interviewing),
    NextStep("applications", "approved", _approved),
    NextStep("applications", "offered", _offered),
]


def _alive() -> int:
    return db.session.query(Application).filter(Application.status.not_in(OVER)).count()


def _from_outside() -> Twice:
    row = postings.posting()
    first, second = (filled(row, motivation=words) for words in ("The first.", "The second."))
    return Twice((None, address(row), first), (None, address(row), second), _alive)


def _from_inside() -> Twice:
    row, person = postings.posting(), employee().user
    path = f"/jobs/{row.slug}/apply"
    both = [filled(row, motivation=words) for words in ("The first.", "The second.")]
    return Twice((person, path, both[0]), (person, path, both[1]), _alive)


def _reopened_twice() -> Twice:
    it = applications.application(S.WITHDRAWN)
    again = applications.application(S.REJECTED, posting=it.posting, applicant=it.applicant)
    hr = user(Role.HR)
    sent = {"note": "Once more"}
    return Twice(
        (hr, f"/applications/{it.id}/resume", sent), (hr, f"/applications/{again.id}/reopen", sent), _alive
    )


PAIRS = [
    Pair("apply.new", _from_outside),
    Pair("internal.new", _from_inside),
    Pair("applications.transition", _reopened_twice),
]
