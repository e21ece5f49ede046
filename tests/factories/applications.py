"""Applicants, their CVs and applications for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

from rmhr.applications import disclosures, links, readings
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.law import retention
from rmhr.models.accounts import Role
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationStatus,
    Disability,
    Opinion,
    Party,
    PayNotice,
    PayNoticeWay,
    PrivateLink,
    RejectionReason,
    ScreeningMark,
    StepKind,
    Verdict,
)
from rmhr.models.criteria import Importance
from rmhr.models.documents import Document, TextState
from rmhr.models.requisitions import PayPeriod
from rmhr.models.sourcing import SourceKind

from . import duties, numbers, save, together
from .accounts import employee, user
from .postings import posting

S = ApplicationStatus
CV_TEXT = (
    "Work\nLooked after 240 private clients in Eutin.\n\nEducation\nBanking training (IHK), 2015 to 2018."
)


def applicant(**given: Any) -> Applicant:
    """A person who applies; name, phone and language are those of the applications that are made for them."""
    n = next(numbers)
    said = {"name": f"Applicant {n}", "phone": "", "language": "en"}
    said |= {name: given.pop(name) for name in said if name in given}
    made = save(Applicant(**{"email": f"applicant{n}@example.org"} | given))
    SAID[made] = said
    return made


#: What each of them says of themselves.
SAID: WeakKeyDictionary[Applicant, dict[str, str]] = WeakKeyDictionary()


def document(content: str = CV_TEXT, /, **given: Any) -> Document:
    """A CV as a text file, its bytes in the data folder."""
    stored = store.store(Upload("CV.txt", store.TXT, content.encode(), content, TextState.FOUND))
    for name, value in given.items():
        setattr(stored, name, value)
    return save(stored)


def rejection_reason(**given: Any) -> RejectionReason:
    """A reason of its own."""
    n = next(numbers)
    defaults: dict[str, Any] = {
        "code": f"reason{n}",
        "position": n,
        "label": Words.both(f"Reason {n}", f"Grund {n}"),
        "said": Words.both(f"We could not find it ({n}).", f"Wir haben es nicht gefunden ({n})."),
    }
    return save(RejectionReason(**defaults | given))


@together
def application(status: ApplicationStatus = S.RECEIVED, **given: Any) -> Application:
    """An application that came in yesterday, in any status."""
    if "posting" not in given:
        given["posting"] = posting()
    if "applicant" not in given:
        given["applicant"] = applicant()
    if "cv" not in given:
        given["cv"] = document()
    if status is S.REJECTED and "rejection_reason" not in given:
        given["rejection_reason"] = rejection_reason()
    person = given.pop("applicant")
    yesterday = clock.now() - timedelta(days=1)
    over = status in (S.REJECTED, S.WITHDRAWN, S.HIRED, S.REPLACED)
    defaults: dict[str, Any] = {
        "status": status,
        "status_since": yesterday,
        "posting_version": given["posting"].current,
        "applicant": person,
        **SAID.get(person, {"name": "Somebody", "language": "en"}),
        "motivation": "I like to advise people.",
        "privacy_text": given.get("privacy_text") or duties.notice(),
        "privacy_at": yesterday,
        "received_at": yesterday,
        "screen_by": clock.today() + timedelta(days=2),
        "interview_by": clock.today() + timedelta(days=5) if status is S.SHORTLISTED else None,
        "closed_at": clock.now() if over else None,
        "was": S.SCREENING if over and status is not S.HIRED else None,
        "delete_on": retention.APPLICATIONS.after(clock.today()) if over and status is not S.HIRED else None,
    }
    return save(Application(**defaults | given))


def read(it: Application) -> Application:
    """The same with its CV read, as it is when an application comes in by its form."""
    it.reading = readings.made(it.cv.text, it.posting_version)
    db.session.commit()
    return it


def told_pay(it: Application, way: PayNoticeWay = PayNoticeWay.CONFIRMATION, **given: Any) -> Application:
    """The same application, whose applicant was told a range."""
    defaults = {"pay_min": 58_000_00, "pay_max": 74_000_00, "currency": "EUR", "pay_period": PayPeriod.YEAR}
    with audit.acting(SYSTEM, "tests.arrange"):
        it.pay_notices.append(PayNotice(way=way, **defaults | given))
    db.session.commit()
    return it


def judged(it: Application, verdict: Verdict = Verdict.MET, by: Any = None) -> Application:
    """The same application, each of its musts judged."""
    by = by or user(Role.HR)
    with audit.acting(SYSTEM, "tests.arrange"):
        for criterion in it.posting_version.criteria:
            if criterion.importance is Importance.MUST:
                it.marks.append(ScreeningMark(criterion=criterion, verdict=verdict, marked_by=by))
    db.session.commit()
    return it


def disclosed(
    it: Application, kind: Disability = Disability.SEVERE, *, objects: bool = False, source: str = ""
) -> Application:
    """The same application, whose applicant has told of a severe disability; the bank says that it has both bodies."""
    duties.in_place()
    disclosures.disclose(it.applicant, it, kind=kind, objects=objects, source=source)
    db.session.commit()
    return it


def heard(
    it: Application,
    opinion: Opinion = Opinion.AGREES,
    party: Party = Party.REPRESENTATIVE,
    by: Any = None,
) -> Application:
    """The same, about which a body has been heard."""
    disclosures.write_down(
        by or user(Role.HR),
        it,
        kind=StepKind.HEARD,
        party=party,
        day=clock.today(),
        how="In a meeting",
        opinion=opinion,
    )
    db.session.commit()
    return it


def rejected(it: Application, **given: Any) -> Application:
    """The same, rejected by HR."""
    FLOW.perform(user(Role.HR), it, "reject", reason=rejection_reason().code, **given)
    db.session.commit()
    return it


def link(person: Applicant, **given: Any) -> PrivateLink:
    """A private link that is good for another half year."""
    n = next(numbers)
    defaults = {"applicant": person, "digest": f"digest{n}", "expires_at": clock.now() + timedelta(days=180)}
    return save(PrivateLink(**defaults | given))


def holder(client: Any, person: Applicant) -> Any:
    """The same test client, as whoever has just opened this person's private link."""
    now = clock.now()
    number = link(person, used_at=now, visit_until=now + links.VISIT).id
    with client.session_transaction() as cookie:
        cookie["private_link"] = number
    return client


def from_inside(*, supervisor_may_know: bool = False, person: Any = None, **given: Any) -> Application:
    """An application of a colleague, of which their supervisor does not know; they are `.applicant.user`."""
    person = person or employee().user
    own = applicant(name=person.name, email=person.email, user_id=person.id)
    more: dict[str, Any] = {"source": SourceKind.INTERNAL, "supervisor_may_know": supervisor_may_know}
    return application(given.pop("status", S.RECEIVED), applicant=own, **more | given)
