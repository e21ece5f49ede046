"""Applicants' data are deleted on the promised day: nothing of the person is found anywhere, and the history holds."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.applications import jobs, operations
from rmhr.applications.erasing import erase_due
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import Base, db
from rmhr.core.files import store
from rmhr.core.history import audit, seal
from rmhr.core.policy import SYSTEM
from rmhr.law import retention
from rmhr.models.accounts import Role
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationStatus,
    PayNoticeWay,
    PrivateLink,
    Verdict,
)
from rmhr.models.documents import Document
from rmhr.models.system import AuditEntry, Bounce, Message
from tests.factories import accounts, applications, interviews, offers, postings, save
from tests.factories.postings import referral

pytestmark = pytest.mark.both
S = ApplicationStatus
#: Stands in everything that is written about the person.
MARK = "Xanthippe"


def everywhere(word: str) -> list[str]:
    """The tables and columns in which a word stands."""
    return [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.c
        if any(word.casefold() in str(value).casefold() for (value,) in db.session.execute(sa.select(column)))
    ]


@pytest.fixture
def rejected():
    """Somebody who was recommended, screened, interviewed, decided on and offered a position, and was rejected."""
    hr = accounts.user(Role.HR)
    row = postings.posting()
    person = applications.applicant(email=f"{MARK}@example.org".lower(), name=f"{MARK} Öz", phone=f"1 {MARK}")
    it = applications.application(
        S.SCREENING,
        posting=row,
        applicant=person,
        motivation=f"I am {MARK}.",
        cv=applications.document(f"CV of {MARK}", name=f"{MARK}.txt"),
        source="referral",
        referral=referral(
            posting=row, email=f"{MARK}@example.org".lower(), name=MARK, note=f"{MARK} is good"
        ),
    )
    applications.told_pay(it, PayNoticeWay.PAGE)
    verdicts = {c.id: (Verdict.MET, f"{MARK} says so") for c in it.posting_version.criteria}
    operations.judge(hr, it, verdicts=verdicts)
    FLOW.perform(hr, it, "shortlist")
    FLOW.perform(SYSTEM, it, "invite")
    meeting = interviews.interview(application=it, message=f"Hello {MARK}")
    for seat in meeting.seats:
        card = interviews.rate(seat.scorecard)
        with audit.acting(hr, "tests.arrange", note=f"{MARK} was late"):
            card.summary = f"{MARK} would fit"
    offers.offer(application=it, message=f"Dear {MARK}")
    applications.link(person)
    save(Bounce(address=person.email, said="no such user"))
    reason = applications.rejection_reason()
    FLOW.perform(hr, it, "reject", reason=reason.code, personal=f"Sorry, {MARK}", note=f"{MARK} is rude")
    db.session.commit()
    return it


def test_nothing_of_the_person_is_left_on_the_promised_day(rejected):
    day, path = rejected.delete_on, store.path_of(rejected.cv)
    assert len(everywhere(MARK)) > 10
    seal.seal()
    with clock.at(clock.moment(day - timedelta(days=1))):
        assert erase_due() == 0
    with clock.at(clock.moment(day)):
        assert jobs.erase() >= 1
        db.session.commit()
        old = (clock.now() - timedelta(days=2)).timestamp()
        os.utime(path, (old, old))
        jobs.sweep()

    assert everywhere(MARK) == []
    assert not path.exists()
    for model in (Application, Applicant, PrivateLink, Document):
        assert db.session.query(model).count() == 0


def test_the_history_keeps_that_it_happened_and_still_proves_itself(rejected):
    id = rejected.id
    hr = accounts.user(Role.HR)
    seal.seal()
    with clock.at(clock.moment(rejected.delete_on)):
        erase_due()
        db.session.commit()
        seal.seal()

    entries = db.session.scalars(
        sa.select(AuditEntry)
        .where(AuditEntry.subject_type == "application", AuditEntry.subject_id == id)
        .order_by(AuditEntry.id)
    ).all()
    assert {"applications.shortlist", "applications.reject", "applications.erase"} <= {
        entry.action for entry in entries
    }
    reject = next(entry for entry in entries if entry.action == "applications.reject")
    assert reject.changes["status"] == ["interviewing", "rejected"]
    assert reject.actor_name
    assert reject.note == ""
    assert seal.verify().holds
    db.session.execute(sa.update(AuditEntry).where(AuditEntry.id == reject.id).values(note="It was not so"))
    assert seal.verify().broken == reject.id
    assert hr


def test_what_else_a_person_has_sent_stays(rejected):
    other = applications.application(applicant=rejected.applicant)
    links = db.session.query(PrivateLink).count()
    with clock.at(clock.moment(rejected.delete_on)):
        erase_due()
        db.session.commit()

    assert db.session.query(Application).all() == [other]
    assert other.applicant.email == f"{MARK}@example.org".lower()
    assert db.session.query(PrivateLink).count() == links


@pytest.mark.parametrize(
    "status", [status for status in S if status not in (S.REJECTED, S.WITHDRAWN, S.REPLACED)]
)
def test_what_is_not_over_or_came_off_is_not_deleted(status):
    it = applications.application(status)

    with clock.at(clock.now() + timedelta(days=4000)):
        assert erase_due() == 0
    assert it.delete_on is None


@pytest.mark.once
def test_the_day_is_the_one_that_the_mail_names(mails):
    it = applications.application(S.SCREENING, applicant=applications.applicant(language="en"))
    FLOW.perform(accounts.user(Role.HR), it, "reject", reason=applications.rejection_reason().code)

    assert it.delete_on == retention.APPLICATIONS.after(clock.today())
    assert f"{it.delete_on.day} {it.delete_on:%B %Y}" in mails()[-1].text


@pytest.mark.once
def test_reminders_go_by_their_age(session):
    def mail(kind, days):
        with clock.at(clock.now() - timedelta(days=days)):
            return save(
                Message(
                    kind=kind,
                    to_address="a@bank.example",
                    to_name="A",
                    language="en",
                    subject=MARK,
                    text=MARK,
                    html=MARK,
                    message_id=f"{kind}{days}",
                )
            )

    mail("reminders.reminder", 181)
    kept = [mail("reminders.reminder", 179), mail("accounts.invited", 400)]

    assert jobs.erase() == 1
    assert db.session.query(Message).order_by(Message.id).all() == kept
