"""No more offers than positions; with the last acceptance the posting closes and the requisition is filled."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.errors import NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, ApplicationStatus
from rmhr.models.offers import Offer, OfferStatus
from rmhr.models.postings import PostingStatus
from rmhr.models.requisitions import Requisition, RequisitionStatus
from rmhr.offers.workflow import FLOW
from tests.factories import offers as make
from tests.factories.accounts import user
from tests.factories.applications import application
from tests.factories.postings import posting, requisition
from tests.support.elsewhere import at_once, elsewhere, meet_before

S = OfferStatus
R = RequisitionStatus

pytestmark = pytest.mark.both


def offer(job, status=S.DRAFT):
    return make.offer(status, application=application(make.BESIDE[status], posting=job))


def test_an_offer_is_not_sent_beyond_the_openings():
    job = posting(openings=2)
    offer(job, S.SENT)
    offer(job, S.ACCEPTED)
    third = offer(job)

    with pytest.raises(NotPossible, match="has 2 positions, and all of them are accepted or offered"):
        FLOW.perform(third.made_by, third, "send")
    assert third.status is S.DRAFT


def test_an_offer_that_ended_leaves_its_position_to_the_next():
    job = posting(openings=1)
    first, second = offer(job, S.SENT), offer(job)
    with pytest.raises(NotPossible, match="has 1 position"):
        FLOW.perform(second.made_by, second, "send")

    FLOW.perform(first.application.applicant, first, "decline")
    FLOW.perform(second.made_by, second, "send")

    assert second.status is S.SENT


def test_all_postings_of_a_requisition_are_counted():
    row = requisition(positions=1)
    offer(posting(requisition=row), S.SENT)
    second = offer(posting(requisition=row))

    with pytest.raises(NotPossible, match="counting its other postings"):
        FLOW.perform(second.made_by, second, "send")


@pytest.mark.parametrize(
    ("status", "may"),
    [(R.APPROVED, True), (R.ON_HOLD, False), (R.CANCELLED, False), (R.PENDING, False), (R.REJECTED, False)],
)
def test_no_offer_is_sent_for_a_requisition_that_rests_or_is_over(status, may):
    draft = offer(posting(requisition=requisition(status=status)))

    if may:
        FLOW.perform(draft.made_by, draft, "send")
    else:
        with pytest.raises(NotPossible, match="nobody is hired for it now"):
            FLOW.perform(draft.made_by, draft, "send")


def test_with_the_last_acceptance_the_posting_closes_and_the_requisition_is_filled(mails):
    job = posting(openings=2, requisition=requisition(positions=2))
    first, last = offer(job, S.SENT), offer(job, S.SENT)

    FLOW.perform(first.application.applicant, first, "accept")
    assert (job.status, job.requisition.status) == (PostingStatus.PUBLISHED, R.APPROVED)
    FLOW.perform(last.application.applicant, last, "accept")

    assert (job.status, job.requisition.status) == (PostingStatus.CLOSED, R.FILLED)
    assert job.closed_at is not None
    assert {mail.to_address for mail in mails() if mail.kind == "postings.filled"} == {
        job.recruiter.email,
        job.hiring_manager.email,
    }
    assert audit.timeline(job)[0].action == "postings.fill"


@pytest.mark.parametrize(
    ("moment", "day"),  # in UTC, and on the bank's calendar
    [
        (datetime(2026, 11, 25, 22, 59), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 23, 0), date(2026, 11, 26)),
        (datetime(2027, 7, 1, 21, 59), date(2027, 7, 1)),
        (datetime(2027, 7, 1, 22, 0), date(2027, 7, 2)),
    ],
)
def test_the_decision_is_due_on_the_day_of_the_last_acceptance_as_the_bank_counts_days(moment, day):
    with clock.at(moment.replace(tzinfo=UTC)):
        job = posting(openings=1, closes_when_filled=False, requisition=requisition(positions=1))
        sent = offer(job, S.SENT)
        FLOW.perform(sent.application.applicant, sent, "accept")

        (owed,) = [
            each for each in sources.for_person(job.recruiter.id) if each.source.name == "postings.filled"
        ]
        assert owed.on == clock.today() == day


def test_a_posting_that_is_not_to_close_stays_open_and_its_recruiter_decides():
    job = posting(openings=1, closes_when_filled=False, requisition=requisition(positions=1))
    sent = offer(job, S.SENT)
    assert "postings.filled" not in [each.source.name for each in sources.for_person(job.recruiter.id)]

    FLOW.perform(sent.application.applicant, sent, "accept")

    assert (job.status, job.requisition.status) == (PostingStatus.PUBLISHED, R.FILLED)
    (owed,) = [each for each in sources.for_person(job.recruiter.id) if each.source.name == "postings.filled"]
    assert (owed.subject_id, owed.on) == (job.id, clock.today())
    assert owed.what == "Decide whether “Relationship Manager (f/m/x)” closes"
    with audit.acting(SYSTEM, "tests.more"):
        job.openings = 2
    assert "postings.filled" not in [each.source.name for each in sources.for_person(job.recruiter.id)]


def test_the_requisition_is_filled_only_when_all_its_postings_together_have_found_everybody():
    row = requisition(positions=2)
    first, second = posting(requisition=row), posting(requisition=row)
    for job, status in ((first, R.APPROVED), (second, R.FILLED)):
        sent = offer(job, S.SENT)
        FLOW.perform(sent.application.applicant, sent, "accept")
        assert (job.status, row.status) == (PostingStatus.CLOSED, status)


def test_an_acceptance_counts_while_the_requisition_rests_and_after_the_deadline():
    job = posting(status=PostingStatus.CLOSED, requisition=requisition(positions=1, status=R.ON_HOLD))
    sent = offer(job, S.SENT)

    FLOW.perform(sent.application.applicant, sent, "accept")

    assert (job.status, job.requisition.status) == (PostingStatus.CLOSED, R.FILLED)
    assert sent.application.status is ApplicationStatus.HIRED


@pytest.mark.postgresql
def test_two_offers_at_once_do_not_both_go_out_for_the_last_position(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            job = posting(openings=1)
            given = [(offer(job).id, user(Role.HR).id) for _ in range(2)]
            db.session.commit()
            meet_before(db.engine, "FOR UPDATE")

        def sending(id, who):
            def run():
                FLOW.perform(db.session.get(User, who), db.session.get(Offer, id), "send")
                db.session.commit()
                return "sent"

            return run

        found = at_once(app, *(sending(*each) for each in given))

        assert sorted("sent" if each == "sent" else type(each).__name__ for each in found) == [
            "NotPossible",
            "sent",
        ]


@pytest.mark.postgresql
def test_two_who_accept_the_last_two_positions_at_once_fill_the_requisition(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            row = requisition(positions=2)
            given = []
            for _ in range(2):
                sent = offer(posting(requisition=row), S.SENT)
                given.append((sent.id, sent.application.applicant_id))
            id = row.id
            db.session.commit()
            meet_before(db.engine, "FOR UPDATE")

        def accepting(offer_id, who):
            def run():
                FLOW.perform(db.session.get(Applicant, who), db.session.get(Offer, offer_id), "accept")
                db.session.commit()
                return "accepted"

            return run

        assert at_once(app, *(accepting(*each) for each in given)) == ["accepted", "accepted"]
        with app.app_context():
            assert db.session.get(Requisition, id).status is R.FILLED
