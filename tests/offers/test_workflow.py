"""Who may send, accept, decline, take back an offer; and what follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.accounts import queries as people
from rmhr.accounts.operations import people as employment
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible, Stale
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import JOBS
from rmhr.models.accounts import Employee, Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.offers import OfferStatus
from rmhr.offers.workflow import FLOW
from tests.factories import accounts, applications
from tests.factories import offers as make

S = OfferStatus


def everybody(offer):
    return {
        "hr": accounts.user(Role.HR),
        "hiring manager": offer.application.posting.hiring_manager,
        "supervisor": offer.supervisor,
        "admin": accounts.user(Role.ADMIN),
        "interviewer": accounts.user(Role.INTERVIEWER),
        "candidate": offer.application.applicant,
        "other candidate": applications.applicant(),
        "system": SYSTEM,
    }


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("send", {"hr"}),
        ("accept", {"candidate"}),
        ("decline", {"candidate"}),
        ("expire", {"system"}),
        ("withdraw", {"hr", "system"}),
    ],
)
def test_who_may(verb, allowed):
    offer = make.offer(S.SENT)
    assert {who for who, person in everybody(offer).items() if FLOW[verb].allow(person, offer)} == allowed


def test_sending_puts_the_application_with_the_candidate(mails):
    offer = make.offer()
    FLOW.perform(offer.made_by, offer, "send")

    assert (offer.status, offer.application.status) == (S.SENT, ApplicationStatus.OFFERED)
    (mail,) = [mail for mail in mails() if mail.kind == "offers.sent"]
    assert mail.to_address == offer.application.applicant.email
    assert "€62,000 a year" in mail.text
    assert "/careers/my-application/" in mail.text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"expires_on": date(2026, 11, 1)}, "in the past"),
        ({"starts_on": date(2026, 11, 23)}, "not in the future"),
    ],
)
def test_an_offer_that_is_over_is_not_sent(given, why):
    with clock.at(clock.moment(date(2026, 11, 23), 9)):
        offer = make.offer(**given)
        with pytest.raises(NotPossible, match=why):
            FLOW.perform(offer.made_by, offer, "send")


def test_nobody_gets_an_offer_about_whom_nothing_is_decided():
    offer = make.offer(application=applications.application(ApplicationStatus.INTERVIEWING))
    with pytest.raises(NotPossible, match="once it is decided"):
        FLOW.perform(offer.made_by, offer, "send")


def accept(offer, **given):
    return FLOW.perform(offer.application.applicant, offer, "accept", **given)


def test_accepting_hires(mails, session):
    posting = applications.posting(
        title=Words.both("Relationship Manager (f/m/x)", "Relationship Manager Privatkunden (m/w/d)")
    )
    person = applications.applicant(name="Łucja Öztürk", language="de")
    application = applications.application(ApplicationStatus.OFFERED, posting=posting, applicant=person)
    mentor = accounts.user(Role.MENTOR)
    offer = make.offer(S.SENT, application=application, mentor=mentor)
    accept(offer)

    assert (offer.status, application.status) == (S.ACCEPTED, ApplicationStatus.HIRED)
    employee = people.people.employee_for(application.id)
    assert employee.user.name == "Łucja Öztürk"
    assert employee.user.roles == {Role.RM}
    assert employee.user.language == "de"
    assert (employee.supervisor_id, employee.started_on) == (offer.supervisor_id, offer.starts_on)
    assert (employee.unit_id, employee.rm_type, employee.level) == (
        posting.unit_id,
        posting.rm_type,
        posting.level,
    )
    assert employee.job_title == "Relationship Manager Privatkunden"
    told = {(mail.kind, mail.to_address) for mail in mails()}
    assert {
        ("offers.accepted", person.email),
        ("offers.accepted_here", offer.made_by.email),
        ("offers.accepted_here", offer.supervisor.email),
        ("accounts.invitation", person.email),
    } <= told


def test_what_fails_in_the_hire_undoes_the_acceptance(monkeypatch, session, mails):
    pass

    def fail(*_args, **_given):
        raise RuntimeError("no account today")

    monkeypatch.setattr(employment, "employ", fail)
    offer = make.offer(S.SENT)
    with pytest.raises(RuntimeError):
        accept(offer)
    session.expire_all()

    assert (offer.status, offer.application.status) == (S.SENT, ApplicationStatus.OFFERED)
    assert mails() == []
    assert session.query(Employee).filter_by(application_id=offer.application_id).count() == 0


def test_the_second_click_does_nothing(session):
    offer = make.offer(S.SENT)
    accept(offer, seen="sent")
    with pytest.raises(Stale):
        accept(offer, seen="sent")
    with pytest.raises(NotPossible):
        accept(offer)
    assert session.query(Employee).filter_by(application_id=offer.application_id).count() == 1


def test_the_last_day_counts_to_its_end_on_the_banks_clock():
    day = date(2026, 12, 4)
    offer = make.offer(S.SENT, expires_on=day, starts_on=date(2027, 2, 1))
    with clock.at(clock.moment(day + timedelta(days=1)) + timedelta(seconds=1)):
        with pytest.raises(NotPossible, match="has expired"):
            accept(offer)
        with pytest.raises(NotPossible, match="has expired"):
            FLOW.perform(offer.application.applicant, offer, "decline")
    with clock.at(clock.moment(day, 23, 59)):
        accept(offer)
    assert offer.status is S.ACCEPTED


def test_nobody_accepts_for_somebody_else():
    offer = make.offer(S.SENT)
    for other in (applications.applicant(), offer.made_by, SYSTEM):
        with pytest.raises(NotAllowed):
            FLOW.perform(other, offer, "accept")


def test_a_no_puts_the_application_back_and_tells_hr_why(mails):
    offer = make.offer(S.SENT)
    FLOW.perform(offer.application.applicant, offer, "decline", reason="Too far away.")

    assert (offer.status, offer.application.status) == (S.DECLINED, ApplicationStatus.APPROVED)
    here = [mail for mail in mails() if mail.kind == "offers.declined"]
    assert {mail.to_address for mail in here} == {offer.made_by.email, offer.supervisor.email}
    assert all("Too far away." in mail.text for mail in here)


def test_the_job_ends_what_is_over_and_nothing_else(mails):
    over = make.offer(S.SENT, expires_on=clock.today() - timedelta(days=1))
    last_day = make.offer(S.SENT, expires_on=clock.today())
    draft = make.offer(expires_on=clock.today() - timedelta(days=1))

    assert JOBS["offers.expire"].run() == 1
    assert JOBS["offers.expire"].run() == 0
    assert [offer.status for offer in (over, last_day, draft)] == [S.EXPIRED, S.SENT, S.DRAFT]
    assert over.application.status is ApplicationStatus.APPROVED
    kinds = sorted(mail.kind for mail in mails())
    assert kinds == ["offers.expired", "offers.expired_here"]


def test_taking_back_tells_the_candidate_only_what_they_knew(mails):
    draft, sent = make.offer(), make.offer(S.SENT)
    FLOW.perform(draft.made_by, draft, "withdraw", note="Position gone.")
    assert mails() == []
    FLOW.perform(sent.made_by, sent, "withdraw", note="Position gone.")

    (mail,) = mails()
    assert mail.to_address == sent.application.applicant.email
    assert "Position gone." in mail.text
    assert sent.application.status is ApplicationStatus.APPROVED


def test_whoever_withdraws_the_application_ends_its_offer(mails):
    offer = make.offer(S.SENT)
    APPLICATIONS.perform(offer.application.applicant, offer.application, "withdraw")

    assert (offer.status, offer.application.status) == (S.WITHDRAWN, ApplicationStatus.WITHDRAWN)
    assert [mail for mail in mails() if mail.kind.startswith("offers.")] == []


def test_an_accepted_offer_stands():
    offer = make.offer(S.ACCEPTED)
    for verb in ("decline", "withdraw", "expire", "send"):
        for person in (offer.application.applicant, offer.made_by, SYSTEM):
            with pytest.raises((NotPossible, NotAllowed)):
                FLOW.perform(person, offer, verb)
