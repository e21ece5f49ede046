"""The life of a requisition: who may move it, what stops it, what is written of it, what is owed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.postings import PostingStatus
from rmhr.models.requisitions import RequisitionReason
from rmhr.models.requisitions import RequisitionStatus as S
from rmhr.postings.workflow import POSTINGS
from rmhr.requisitions import operations, stages
from rmhr.requisitions.jobs import free_positions
from rmhr.requisitions.queries import requisitions as queries
from rmhr.requisitions.workflow import REQUISITIONS
from tests.factories.accounts import employee, unit, user
from tests.factories.applications import application
from tests.factories.postings import headcount_plan, posting, requisition

DATA = {
    "approve_beyond_plan": {"over_plan": "Two contracts are signed"},
    "hold": {"note": "Not this year", "held_until": clock.today() + timedelta(days=60)},
    **{name: {"note": "Not this year"} for name in ("reject", "cancel")},
}
DECIDE = {"approve", "reject", "approve_beyond_plan"}


def asked(who=None, where=None, approver=None, **facts):
    defaults = {
        "rm_type": RmType.PERSONAL,
        "positions": 1,
        "pay_min": 58_000_00,
        "pay_max": 74_000_00,
        "reason": RequisitionReason.NEW,
        "justification": "Enquiries wait for a week.",
        "needed_by": clock.today() + timedelta(days=90),
    }
    return operations.requisitions.request(
        who or user(Role.SUPERVISOR),
        where or unit(),
        approver=approver or user(Role.HR),
        facts=defaults | facts,
    )


@pytest.mark.parametrize(
    ("status", "who", "may"),
    [
        (S.PENDING, "requester", {"cancel"}),
        (S.PENDING, "approver", DECIDE | {"cancel"}),
        (S.PENDING, "another in HR", DECIDE | {"cancel"}),
        (S.PENDING, "another supervisor", set()),
        (S.PENDING, "administrator", set()),
        (S.PENDING, "the system", set()),
        (S.REJECTED, "requester", {"ask_again", "cancel"}),
        (S.REJECTED, "another in HR", {"cancel"}),
        (S.APPROVED, "requester", {"cancel"}),
        (S.APPROVED, "another in HR", {"hold", "cancel"}),
        (S.APPROVED, "the system", {"fill"}),
        (S.ON_HOLD, "requester", {"cancel"}),
        (S.ON_HOLD, "another in HR", {"resume", "cancel"}),
        (S.ON_HOLD, "the system", {"fill"}),
        (S.FILLED, "requester", set()),
        (S.FILLED, "another in HR", set()),
        (S.FILLED, "the system", {"free"}),
        (S.CANCELLED, "requester", set()),
        (S.CANCELLED, "another in HR", set()),
    ],
)
def test_who_may_move_a_requisition(status, who, may):
    row = requisition(status=status)
    actor = {
        "requester": lambda: row.requester,
        "approver": lambda: row.approver,
        "another in HR": lambda: user(Role.HR),
        "another supervisor": lambda: user(Role.SUPERVISOR),
        "administrator": lambda: user(Role.ADMIN),
        "the system": lambda: SYSTEM,
    }[who]()

    assert {move.transition.name for move in REQUISITIONS.moves(actor, row)} == may
    for name in REQUISITIONS.transitions.keys() - may:
        with pytest.raises((NotAllowed, NotPossible)):
            REQUISITIONS.perform(actor, row, name, **DATA.get(name, {}))


def test_hr_does_not_decide_on_its_own_request():
    hr = user(Role.HR)
    row = requisition(status=S.PENDING, requester=hr)

    assert {move.transition.name for move in REQUISITIONS.moves(hr, row)} == {"cancel"}
    with pytest.raises(NotPossible, match="Somebody else"):
        asked(hr, approver=hr)


def test_asking_tells_who_decides_and_the_answer_comes_back(mails):
    row = asked()
    REQUISITIONS.perform(row.approver, row, "reject", note="Not before summer")
    REQUISITIONS.perform(row.requester, row, "ask_again")
    assert (row.decided_by, row.decided_at) == (None, None)
    REQUISITIONS.perform(row.approver, row, "approve")

    assert (row.status, row.decided_by) == (S.APPROVED, row.approver)
    boss, hr = row.requester.email, row.approver.email
    assert [(mail.kind, mail.to_address) for mail in mails()] == [
        ("requisitions.asked", hr),
        ("requisitions.rejected", boss),
        ("requisitions.asked", hr),
        ("requisitions.approved", boss),
    ]
    assert "Not before summer" in mails()[1].text


def test_beyond_the_plan_it_is_approved_only_with_a_reason():
    plan = headcount_plan(positions=1)
    row = requisition(status=S.PENDING, unit=plan.unit, positions=2)

    with pytest.raises(NotPossible, match="only be approved beyond the plan, with a reason"):
        REQUISITIONS.perform(row.approver, row, "approve")
    REQUISITIONS.perform(row.approver, row, "approve_beyond_plan", over_plan="Two contracts are signed")

    assert (row.status, row.over_plan) == (S.APPROVED, "Two contracts are signed")


def test_beyond_the_plan_is_no_way_around_a_plan_with_room():
    plan = headcount_plan(positions=2)
    row = requisition(status=S.PENDING, unit=plan.unit, positions=2)

    with pytest.raises(NotPossible, match="has room"):
        REQUISITIONS.perform(row.approver, row, "approve_beyond_plan", over_plan="Just so")


@pytest.mark.parametrize("verb", ["hold", "cancel"])
def test_what_is_advertised_or_offered_is_not_stopped(verb):
    row = requisition()
    job = posting(requisition=row)
    hr = user(Role.HR)

    with pytest.raises(NotPossible, match="Close the posting first"):
        REQUISITIONS.perform(hr, row, verb, note="Later")
    closed = posting(requisition=requisition(), status=PostingStatus.CLOSED)
    application(ApplicationStatus.OFFERED, posting=closed)
    with pytest.raises(NotPossible, match="has an offer"):
        REQUISITIONS.perform(hr, closed.requisition, verb, note="Later")
    assert job.requisition.status is S.APPROVED


def test_while_it_waits_a_change_is_told_to_who_decides(mails):
    row = asked()
    operations.requisitions.rework(
        row.requester,
        row,
        unit=row.unit,
        approver=row.approver,
        facts={"positions": 3, "reason": RequisitionReason.REPLACEMENT, "replaces": "Somebody"},
    )

    assert (row.positions, row.replaces, row.status) == (3, "Somebody", S.PENDING)
    assert [mail.kind for mail in mails()] == ["requisitions.asked", "requisitions.changed"]
    assert mails()[1].subject == f"Changed, please decide: Private clients, {row.unit.name}"
    assert audit.timeline(row)[0].action == "requisitions.rework"


def test_nothing_changed_is_nothing_told(mails):
    row = asked()

    same = {"positions": 1, "reason": RequisitionReason.NEW}
    operations.requisitions.rework(row.requester, row, unit=row.unit, approver=row.approver, facts=same)

    assert [mail.kind for mail in mails()] == ["requisitions.asked"]


def test_somebody_else_who_decides_is_asked_anew(mails):
    row = asked()
    other = user(Role.HR)

    new = {"reason": RequisitionReason.NEW, "replaces": "Nobody is replaced in a new position"}
    operations.requisitions.rework(row.requester, row, unit=row.unit, approver=other, facts=new)

    assert (mails()[1].kind, mails()[1].to_address) == ("requisitions.asked", other.email)
    assert row.replaces == ""


@pytest.mark.parametrize("status", [S.APPROVED, S.ON_HOLD, S.CANCELLED, S.FILLED])
def test_what_was_decided_is_not_changed(status):
    row = requisition(status=status)

    with pytest.raises(NotPossible, match="An approved requisition cannot be changed"):
        operations.requisitions.rework(row.requester, row, unit=row.unit, approver=row.approver, facts={})


def test_only_who_asked_changes_it():
    row = asked()

    with pytest.raises(NotAllowed):
        operations.requisitions.rework(row.approver, row, unit=row.unit, approver=row.approver, facts={})


def test_it_is_owed_by_who_decides_and_awaited_by_who_asked():
    row = asked(where=unit(name="Kiel"))

    (owed,) = sources.for_person(row.approver.id)
    assert (owed.source.name, owed.subject_id, owed.on) == ("requisitions.decide", row.id, row.decide_by)
    assert owed.what == "Decide on the requisition for Kiel"
    assert row.requester.name in owed.why
    assert owed.source.awaited == "Decision on your requisition for %(where)s"
    REQUISITIONS.perform(row.approver, row, "approve")
    (owed,) = sources.for_person(row.approver.id)
    assert (owed.source.name, owed.subject_id, owed.on) == (
        "requisitions.advertise",
        row.id,
        row.advertise_by,
    )


@pytest.mark.both
def test_progress_counts_all_postings_of_a_requisition_in_one_query(max_queries):
    row = requisition(positions=9)
    first = posting(requisition=row, openings=3)
    posting(requisition=row, openings=2, status=PostingStatus.DRAFT)
    over = posting(requisition=row, openings=4, status=PostingStatus.CLOSED)
    application(ApplicationStatus.HIRED, posting=first)
    application(ApplicationStatus.HIRED, posting=over)
    application(ApplicationStatus.REJECTED, posting=over)

    id = row.id
    with max_queries(1):
        far = queries.progress([id, 0])

    assert far == {id: queries.Progress(prepared=2, advertised=2, filled=2), 0: queries.Progress()}
    with max_queries(1):
        its = queries.postings_of(row)
    assert queries.progress_of(its) == far[id]
    assert queries.waits_for_a_posting(row, its)
    assert queries.openings_of(row) == 6  # three advertised, two prepared, one found through what is closed
    assert queries.openings_of(row, but_for=first.id) == 3
    assert row in queries.to_advertise()


@pytest.mark.both
def test_a_position_that_was_filled_elsewhere_is_not_advertised_again():
    row = requisition(positions=1)
    over = posting(requisition=row, status=PostingStatus.CLOSED)
    assert row in queries.to_advertise()

    application(ApplicationStatus.HIRED, posting=over)

    assert row not in queries.to_advertise()


@pytest.mark.parametrize("verb", ["close", "expire", "fill"])
def test_what_a_posting_leaves_unfilled_is_late_only_from_then_on(verb):
    row = requisition(positions=1, advertise_by=clock.today() - timedelta(days=200))
    job = posting(requisition=row, closes_on=clock.today() - timedelta(days=1))

    POSTINGS.perform(SYSTEM if verb != "close" else job.recruiter, job, verb)

    assert row in queries.to_advertise()
    assert row.advertise_by == queries.advertise_by(row) > clock.today()


@pytest.mark.both
def test_a_hire_that_falls_through_opens_the_requisition_again():
    row = requisition(positions=1, status=S.FILLED)
    hired = application(ApplicationStatus.HIRED, posting=posting(requisition=row))
    somebody = employee(application_id=hired.id, started_on=clock.today())
    assert free_positions() == 0

    with audit.acting(SYSTEM, "tests.leave"):
        somebody.left_on = clock.today()

    assert free_positions() == 1
    assert (row.status, queries.filled_of(hired.posting)) == (S.APPROVED, 0)
    assert audit.timeline(row)[0].action == "requisitions.free"


@pytest.mark.parametrize(
    ("status", "far", "says"),
    [
        (S.PENDING, (), "decides by"),
        (S.REJECTED, (), "can change it and ask again"),
        (S.APPROVED, (), "HR begins the posting"),
        (S.APPROVED, (1,), "The posting is being written"),
        (S.APPROVED, (0, 2, 1), "1 of 10 filled, 2 advertised"),
        (S.APPROVED, (0, 0, 1), "1 of 10 filled; HR advertises the rest"),
        (S.ON_HOLD, (), "HR resumes or withdraws it"),
        (S.FILLED, (0, 0, 10), "All positions are filled"),
        (S.CANCELLED, (), "it was withdrawn"),
    ],
)
def test_whose_turn_it_is_stands_in_words(status, far, says):
    row = requisition(status=status)

    assert says in stages.next_of(row, queries.Progress(*far))


def test_the_way_shows_the_first_station_that_is_not_reached():
    row = requisition(status=S.APPROVED, positions=2)

    states = [each["state"] for each in stages.stations(row, queries.Progress(advertised=1))]
    assert states == ["done", "done", "now", "later"]
    states = [each["state"] for each in stages.stations(row, queries.Progress(advertised=2))]
    assert states == ["done", "done", "done", "now"]
    assert stages.stations(requisition(status=S.CANCELLED), queries.Progress()) == []
