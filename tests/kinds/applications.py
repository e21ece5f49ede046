"""Applications: the bench, the statuses, and two forms at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from rmhr.applications import disclosures, operations, queries
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import Role
from rmhr.models.applications import (
    OVER,
    Application,
    ApplicationStatus,
    Disability,
    Disclosure,
    DisclosureStep,
    StepKind,
    Verdict,
)
from rmhr.models.duties import Answer
from rmhr.models.interviews import InterviewStatus
from rmhr.models.offers import OfferStatus
from rmhr.models.system import Message
from tests.applications.support import address, filled
from tests.factories import applications, duties, interviews, offers, postings
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


# What is told of a severe disability: by the applicant and by HR, each with the form open while the other is faster.


def _disability(it: Application, of_hr: bool) -> tuple[Any, str]:
    """Who has the form open, and where."""
    if of_hr:
        return user(Role.HR), f"/applications/{it.id}/disability"
    return it.applicant, f"/careers/my-application/{it.id}/disability"


def _told(*, of_hr: bool, meanwhile: str, status: S = S.SCREENING) -> Callable[[], Opened]:
    def opened() -> Opened:
        it = applications.application(status)
        duties.changed(representative=Answer.YES, representative_email="sbv@bank.example")
        if meanwhile != "told":
            applications.disclosed(it, source="CV, page 2")
        other = it.applicant if of_hr else user(Role.HR)
        who, address = _disability(it, of_hr)

        def faster() -> None:
            if meanwhile == "taken_back":
                disclosures.take_back(other, it)
            else:
                disclosures.disclose(other, it, kind=Disability.EQUAL, objects=True, source="Words of theirs")

        def stored() -> Any:
            said = it.disclosure
            return (said.kind, said.objects, said.source) if said is not None else None

        sent = {"disability": "severe", **({"source": "What I typed"} if of_hr else {"objects": "y"})}
        theirs = {"told": "Equal status", "taken_back": "Nothing", "changed": "Equal status"}[meanwhile]
        return Opened(
            lambda: queries.disclosures.as_it_stands(it), who, address, sent, faster, stored, theirs
        )

    return opened


def _taken_back(*, of_hr: bool) -> Callable[[], Opened]:
    def opened() -> Opened:
        it = applications.disclosed(applications.application(S.SCREENING))
        other = it.applicant if of_hr else user(Role.HR)
        who, address = _disability(it, of_hr)
        return Opened(
            it.disclosure,
            who,
            f"{address}/take-back",
            {},
            lambda: disclosures.disclose(other, it, kind=Disability.EQUAL),
            lambda: it.disclosure.kind,
            "Equal status",
        )

    return opened


def _uninvited() -> Opened:
    it = applications.disclosed(applications.application(S.SCREENING))
    duties.changed(public_employer=Answer.YES)
    return Opened(
        it.disclosure,
        user(Role.HR),
        f"/applications/{it.id}/disability/invitation",
        {"why": "unsuitable", "evidence": "No banking training, which is a must"},
        lambda: disclosures.disclose(it.applicant, it, kind=Disability.EQUAL),
        lambda: (it.disclosure.kind, it.disclosure.uninvited),
    )


EDITS = [
    *(
        Edit(endpoint, _told(of_hr=of_hr, meanwhile=meanwhile), meanwhile)
        for endpoint, of_hr in (("disclosures.note", True), ("status.disclose", False))
        for meanwhile in ("told", "taken_back", "changed")
    ),
    Edit("disclosures.take_back", _taken_back(of_hr=True)),
    Edit("status.take_back", _taken_back(of_hr=False)),
    Edit("disclosures.uninvited", _uninvited),
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
    "status.agree": "one tick that can only be set; it carries the version of the text that was read",
    "disclosures.step": "adds a proof; those that are there stay, and the same one is kept once (PAIRS)",
    "disclosures.decision": "sends a letter; those that were sent stay, and nobody gets two (PAIRS)",
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


def _told_twice(*, of_hr: bool) -> Callable[[], Twice]:
    """A double click, or two tabs: each body is told once."""

    def twice() -> Twice:
        it = applications.application(S.SCREENING)
        duties.changed(representative=Answer.YES, representative_email="sbv@bank.example")
        who, address = _disability(it, of_hr)
        sent = {"disability": "severe", "source": "CV, page 2", "seen": seen_of(Disclosure())}
        return Twice((who, address, sent), (who, address, sent), _mails("applications.disclosed"))

    return twice


def _written_down_twice() -> Twice:
    it, hr = applications.disclosed(applications.application(S.SCREENING)), user(Role.HR)
    address = f"/applications/{it.id}/disability/heard/representative"
    sent = {"day": clock.today().isoformat(), "opinion": "agrees", "how": "In a meeting"}
    steps = sa.select(sa.func.count(DisclosureStep.id)).where(DisclosureStep.kind == StepKind.HEARD)
    return Twice((hr, address, sent), (hr, address, sent), lambda: db.session.scalar(steps) or 0)


def _decision_told_twice() -> Twice:
    it = applications.disclosed(applications.application(S.SCREENING))
    applications.rejected(applications.heard(it))
    address = f"/applications/{it.id}/disability/decision"
    first, second = (
        {"reasons": words, "parties": ["representative"]} for words in ("The first of us.", "The second.")
    )
    return Twice(
        (user(Role.HR), address, first),
        (user(Role.HR), address, second),
        _mails("applications.decision_told"),
    )


def _mails(kind: str) -> Callable[[], int]:
    found = sa.select(sa.func.count(Message.id)).where(Message.kind == kind)
    return lambda: db.session.scalar(found) or 0


PAIRS = [
    Pair("status.disclose", _told_twice(of_hr=False)),
    Pair("disclosures.note", _told_twice(of_hr=True)),
    Pair("disclosures.step", _written_down_twice),
    Pair("disclosures.decision", _decision_told_twice),
    Pair("apply.new", _from_outside),
    Pair("internal.new", _from_inside),
    Pair("applications.transition", _reopened_twice),
]
